-- SPDX-License-Identifier: GPL-3.0-or-later
-- What figures, tables and sentences share. The tables plan, blocks, summary
-- and word (a line of `forkmeter list`) are there already.

CREATE TABLE machine(key TEXT, value);
INSERT INTO machine SELECT key, value FROM json_each(readfile('machine.json'));

-- A strategy looks the same in every figure: its place in the driver's list
-- gives the colour (Okabe and Ito's, without yellow) and the point's shape
-- (gnuplot's number of the filled one; the open one is one less).
CREATE TABLE strategy(name TEXT PRIMARY KEY, position INTEGER,
	returns_late INTEGER, colour INTEGER, shape INTEGER);
WITH colours(k, colour) AS (VALUES (0, 0x0072B2), (1, 0xD55E00), (2, 0x009E73),
		(3, 0xCC79A7), (4, 0xE69F00), (5, 0x56B4E9), (6, 0x000000)),
	shapes(k, shape) AS (VALUES (0, 7), (1, 5), (2, 9), (3, 13), (4, 11),
		(5, 15)),
	met(name, place, late) AS (
		SELECT name, rowid, "returns" LIKE 'after%' FROM word
		WHERE kind = 'strategy'
		UNION ALL
		SELECT strategy, 1e6 + min(point), 0 FROM summary
		WHERE strategy NOT IN (SELECT name FROM word
			WHERE kind = 'strategy')
		GROUP BY strategy),
	placed AS (SELECT *, row_number() OVER (ORDER BY place) - 1 AS n FROM met)
INSERT INTO strategy
SELECT name, n + 1, late, colour, shape FROM placed
JOIN colours ON colours.k = n % 7 JOIN shapes ON shapes.k = n % 6;

-- Lines of the summary that stand for something, with what is said of them:
-- numbers rounded to three digits, times with a unit, sizes in words.
CREATE VIEW told AS
WITH good AS (
	SELECT summary.*, coalesce(median_lo, median) AS lo,
		coalesce(median_hi, median) AS hi, position, returns_late,
		colour, shape,
		strategy || CASE WHEN returns_late THEN ' †' ELSE '' END AS label
	FROM summary LEFT JOIN strategy ON strategy.name = strategy
	WHERE median > 0 AND coalesce(verdict, '') NOT LIKE 'broken%')
SELECT good.*,
	CASE WHEN median < 999500 THEN rtrim(printf('%#.3g', median / 1e3), '.')
		ELSE printf('%.15g', printf('%.3g', median / 1e3)) END AS us,
	CASE WHEN median_hi IS NULL THEN NULL WHEN median_hi < 999500
		THEN rtrim(printf('%#.3g', median_lo / 1e3), '.') || ' … ' ||
			rtrim(printf('%#.3g', median_hi / 1e3), '.')
		ELSE printf('%.15g … %.15g', printf('%.3g', median_lo / 1e3),
			printf('%.3g', median_hi / 1e3)) END AS us_interval,
	CASE WHEN median < 999.5
			THEN rtrim(printf('%#.3g', median), '.') || ' ns'
		WHEN median < 999.5e3
			THEN rtrim(printf('%#.3g', median / 1e3), '.') || ' µs'
		WHEN median < 999.5e6
			THEN rtrim(printf('%#.3g', median / 1e6), '.') || ' ms'
		ELSE printf('%.3g s', median / 1e9) END AS time,
	CASE WHEN rss_bytes >= 1 << 30 THEN printf('%.4g GiB', rss_bytes / exp2.g)
		WHEN rss_bytes >= 1 << 20 THEN printf('%.4g MiB', rss_bytes / exp2.m)
		WHEN rss_bytes > 0 THEN printf('%.4g KiB', rss_bytes / exp2.k)
		ELSE '0' END AS size
FROM good, (SELECT 1073741824.0 AS g, 1048576.0 AS m, 1024.0 AS k) AS exp2;

-- Process creation with memory behind it, each line beside the smallest size
-- of its series.
CREATE VIEW sized AS
SELECT told.*, first_value(median) OVER series AS least_median,
	first_value(rss_bytes) OVER series AS least_rss,
	first_value(lo) OVER series AS least_lo,
	first_value(hi) OVER series AS least_hi,
	row_number() OVER series AS nth,
	last_value(rss_bytes) OVER (series ROWS BETWEEN UNBOUNDED PRECEDING
		AND UNBOUNDED FOLLOWING) AS most_rss,
	(SELECT min(point) FROM plan WHERE plan.backing = told.backing)
		AS backing_place
FROM told WHERE metric = workload || '_ns' AND rss_bytes > 0
WINDOW series AS (PARTITION BY workload, strategy, child, backing
	ORDER BY rss_bytes, point);

-- Faults. One fault may serve many base pages, so both rates are needed.
CREATE VIEW fault AS
SELECT told.*, page,
	1.0 * rss_bytes / page / minflt_expected AS pages_per_fault,
	median * minflt_expected * page / rss_bytes AS page_ns,
	lo * minflt_expected * page / rss_bytes AS page_lo,
	hi * minflt_expected * page / rss_bytes AS page_hi,
	workload || coalesce(' after ' || strategy, '') ||
		coalesce(', ' || writer || ' writes', '') AS kind,
	rss_bytes = max(rss_bytes) OVER (PARTITION BY workload, writer,
		strategy, backing) AS largest
FROM told, (SELECT value AS page FROM machine WHERE key = 'page_bytes')
WHERE metric = 'op_ns' AND minflt_expected > 0 AND rss_bytes > 0 AND page > 0;
