-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 11
-- title: What the time of a block went to, at the largest sizes
-- needs: whole blocks, with memory
-- note: Each workload, strategy and backing at its largest size, added up where the size is the same. Set-up: filling the memory, and the rest of it (proofs, the first sample, which is thrown away). Measuring: from the first sample to the end of the last, in which what is spoilt is made anew; timed: in the intervals that samples report.
WITH largest AS (
	SELECT * FROM (SELECT *, max(rss_bytes) OVER (PARTITION BY workload,
			strategy, backing) AS most
		FROM plan WHERE status = 'measure')
	WHERE rss_bytes = most AND rss_bytes > 0),
timed AS (
	SELECT point, sum(summary.mean * summary.n * coalesce(ops, 1)) AS timed_ns
	FROM summary LEFT JOIN walk USING (point, metric)
	WHERE metric NOT IN ('touch_ns', 'first_touch_ns') GROUP BY point),
spent AS (
	SELECT largest.*, count(*) AS blocks_n, sum(measure_ns) AS measure,
		sum(setup_ns + first_ns + measure_ns) AS whole,
		sum(populate_ns) AS populate,
		(SELECT timed_ns FROM timed WHERE timed.point = largest.point) AS timed
	FROM largest JOIN blocks USING (point) WHERE blocks.status = 'ok'
	GROUP BY point HAVING whole > 0)
SELECT workload,
	CASE WHEN rss_bytes >= 1 << 30 THEN printf('%.4g GiB', rss_bytes / 1073741824.0)
		WHEN rss_bytes >= 1 << 20 THEN printf('%.4g MiB', rss_bytes / 1048576.0)
		ELSE printf('%.4g KiB', rss_bytes / 1024.0) END AS memory,
	sum(blocks_n) AS "blocks", sum(whole) / 1e9 AS "in all s",
	100.0 * sum(populate) / sum(whole) AS "filling %",
	100.0 * sum(whole - measure - populate) / sum(whole)
		AS "rest of set-up %",
	100.0 * sum(measure) / sum(whole) AS "measuring %",
	100.0 * sum(timed) / sum(whole) AS "timed %",
	min(100.0 * measure / whole) AS "least measuring %",
	replace(group_concat(DISTINCT backing), ',', ', ') AS backings
FROM spent GROUP BY workload, rss_bytes ORDER BY min(point);
