-- SPDX-License-Identifier: GPL-3.0-or-later
-- The chief points over machines and kernels: a row each, for the newest run on
-- each of a machine's three newest kernels.
WITH kernels AS (
	SELECT no, kernel, max(at) AS at FROM node JOIN run USING (host, host_id), clock
	WHERE at <= now + 60 AND is_current GROUP BY no, kernel),
newest AS (
	SELECT *, row_number() OVER (PARTITION BY no ORDER BY at DESC) AS nth FROM kernels),
told AS (
	SELECT chief.place, line.label, node.name, newest.kernel, newest.nth, newest.at,
		median, median_lo, median_hi, line.series, node.no
	FROM chief JOIN line USING (series)
	JOIN newest ON newest.no = line.no JOIN node ON node.no = line.no
	JOIN value ON value.series = line.series AND value.at = newest.at
	WHERE newest.nth <= 3 AND median > 0
		AND verdict <> 'broken'),
ranked AS (
	SELECT place, median, row_number() OVER (PARTITION BY place ORDER BY median) AS k,
		count(*) OVER (PARTITION BY place) AS n
	FROM told WHERE nth = 1),
middle AS (
	SELECT place, avg(median) AS median FROM ranked
	WHERE k IN ((n + 1) / 2, (n + 2) / 2) GROUP BY place)
SELECT label AS point, name AS machine, '#machine-' || no AS "machine href", kernel,
	date(at, 'unixepoch') AS "newest run", told.median / 1e3 AS "median µs",
	median_lo / 1e3 AS "median µs lo", median_hi / 1e3 AS "median µs hi",
	printf('%+.1f', 0.0 + round(100 * (told.median / middle.median - 1), 1))
		AS "by the median machine %"
FROM told JOIN middle USING (place) ORDER BY place, nth > 1, name, nth;
