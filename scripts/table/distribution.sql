-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 2
-- title: Making a process: how its times are spread
-- needs: points of spawn, start or wait with the backing none
-- note: All samples of a point together; quantiles are descriptive but for the median, which is that of the other tables. A quantile is left out where fewer than one sample is above it.
SELECT workload AS "interval", label AS strategy, child, n AS samples,
	min / 1e3 AS "least µs", p5 / 1e3 AS "p5 µs", p25 / 1e3 AS "p25 µs",
	median / 1e3 AS "median µs", median_lo / 1e3 AS "median µs lo",
	median_hi / 1e3 AS "median µs hi", p75 / 1e3 AS "p75 µs", p95 / 1e3 AS "p95 µs",
	iif(n >= 100, p99 / 1e3, NULL) AS "p99 µs",
	iif(n >= 1000, p999 / 1e3, NULL) AS "p99.9 µs", max / 1e3 AS "most µs"
FROM told
WHERE rss_bytes = 0 AND parameters IS NULL AND metric = workload || '_ns'
	AND workload IN ('spawn', 'start', 'wait')
ORDER BY CASE workload WHEN 'spawn' THEN 1 WHEN 'start' THEN 2 ELSE 3 END,
	child, position;
