-- SPDX-License-Identifier: GPL-3.0-or-later
-- Where the picked machine's series lie now: the median of their nights since the
-- last shift, of a year at most.
INSERT OR REPLACE INTO level
WITH since AS (
	SELECT series, max(at) AS at FROM shift JOIN picked USING (no) GROUP BY series),
recent AS (
	SELECT value.series, median,
		row_number() OVER (PARTITION BY value.series ORDER BY median) AS k,
		count(*) OVER (PARTITION BY value.series) AS n
	FROM clock CROSS JOIN picked CROSS JOIN line USING (no)
	CROSS JOIN value USING (series) LEFT JOIN since ON since.series = line.series
	WHERE value.at >= coalesce(since.at, 0) AND value.at > now - 366 * 86400
		AND value.at <= now + 60 AND median > 0 AND verdict <> 'broken')
SELECT series, avg(median), max(n) FROM recent
WHERE k IN ((n + 1) / 2, (n + 2) / 2) GROUP BY series;
