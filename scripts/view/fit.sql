-- SPDX-License-Identifier: GPL-3.0-or-later
-- Fork's time by the pages of page tables that the parent has: a straight line
-- a round through the block medians, of three sizes or more, each weighted by the
-- inverse square of its time (noise here is a share, not an amount); then the
-- mean of the rounds' lines, with Student's interval over rounds.
CREATE TABLE block_pages AS
SELECT blocks.point, blocks.round, blocks.block, plan.strategy, plan.backing, plan.child,
	plan.rss_bytes, 1024.0 * pte_kib / page.value AS pages, quantiles.median AS ns
FROM blocks JOIN plan USING (point)
JOIN quantiles ON quantiles.block = blocks.block AND metric = 'spawn_ns'
JOIN strategy ON strategy.name = plan.strategy AND NOT returns_late
JOIN (SELECT value FROM machine WHERE key = 'page_bytes') AS page
WHERE blocks.status = 'ok' AND workload = 'spawn' AND plan.parameters IS NULL
	AND plan.rss_bytes > 0 AND pte_kib > 0 AND quantiles.median > 0
	AND plan.point IN (SELECT point FROM told WHERE metric = 'spawn_ns');

CREATE TABLE fit AS
WITH series AS (
	SELECT strategy, backing, child, count(DISTINCT rss_bytes) AS sizes
	FROM block_pages GROUP BY 1, 2, 3 HAVING sizes > 2),
sums AS (
	SELECT strategy, backing, child, round, sizes, sum(1 / ns / ns) AS s,
		sum(pages / ns / ns) AS sx, sum(1 / ns) AS sy,
		sum(pages * pages / ns / ns) AS sxx, sum(pages / ns) AS sxy
	FROM block_pages JOIN series USING (strategy, backing, child)
	GROUP BY 1, 2, 3, 4 HAVING count(DISTINCT rss_bytes) = sizes),
line AS (
	SELECT *, (s * sxy - sx * sy) / (s * sxx - sx * sx) AS slope,
		(sxx * sy - sx * sxy) / (s * sxx - sx * sx) AS start
	FROM sums WHERE s * sxx > sx * sx),
mean AS (
	SELECT strategy, backing, child, avg(slope) AS slope, avg(start) AS start,
		count(*) AS rounds FROM line GROUP BY 1, 2, 3),
-- Of 3 to 5 rounds student has none (the same book, table 26.10).
quantile(df, t) AS (
	SELECT * FROM student
	UNION ALL
	SELECT * FROM (VALUES (2, 4.303), (3, 3.182), (4, 2.776)) WHERE NOT EXISTS
		(SELECT * FROM machine WHERE key = 'precision' AND value > 0)),
spread AS (
	SELECT strategy, backing, child, sum(pow(line.slope - mean.slope, 2)) AS squares
	FROM line JOIN mean USING (strategy, backing, child) GROUP BY 1, 2, 3)
SELECT mean.*, slope - t * sqrt(squares / (rounds - 1) / rounds) AS slope_lo,
	slope + t * sqrt(squares / (rounds - 1) / rounds) AS slope_hi
FROM mean JOIN spread USING (strategy, backing, child)
LEFT JOIN quantile ON df = rounds - 1;

-- The points, beside their line. miss: how far the line is from them, as a share.
CREATE VIEW fitted AS
SELECT told.point, position, label, colour, shape, fit.*, told.rss_bytes, size,
	pages, median AS ns, lo, hi, (start + slope * pages) / median - 1 AS miss
FROM told JOIN fit USING (strategy, backing, child)
JOIN (SELECT point, avg(pages) AS pages FROM block_pages GROUP BY point)
	AS counted USING (point)
WHERE metric = 'spawn_ns' AND parameters IS NULL;
