-- SPDX-License-Identifier: GPL-3.0-or-later
-- How the samples of process creation are spread: a row a bin, with its share of
-- the fullest bin of its point, and a row a point with its median; most: the
-- longest sample of the strategy and child; p99: the largest 99 % quantile.
CREATE VIEW spread_times AS
WITH shown AS (
	SELECT *, CASE workload WHEN 'spawn' THEN 1 WHEN 'start' THEN 2 ELSE 3 END
			AS step,
		dense_rank() OVER (ORDER BY position, child = 'exec') AS y,
		max(max) OVER (PARTITION BY strategy, child) AS longest,
		max(coalesce(p99, max)) OVER () AS edge
	FROM told WHERE rss_bytes = 0 AND parameters IS NULL
		AND workload IN ('spawn', 'start', 'wait')
		AND metric = workload || '_ns' AND child IN ('exit', 'exec')
		AND EXISTS (SELECT * FROM bins WHERE bins.point = told.point
			AND bins.metric = told.metric))
SELECT y, label, strategy, child, step, workload, pow(10, bin / 40.0) AS bin_from,
	pow(10, (bin + 1) / 40.0) AS bin_until, samples,
	1.0 * samples / max(samples) OVER (PARTITION BY shown.point) AS share, colour,
	NULL AS ns, NULL AS lo, NULL AS hi, 0 AS late, NULL AS most, edge AS p99
FROM shown JOIN bins USING (point, metric)
UNION ALL
SELECT y, label, strategy, child, step, workload, NULL, NULL, NULL, NULL, colour,
	median, lo, hi, coalesce(returns_late, 0), longest, edge
FROM shown;
