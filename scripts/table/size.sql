-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 3
-- title: The same by the memory that the caller holds
-- needs: points of spawn, start, wait or teardown with a backing that holds memory
-- note: Children that touch memory stand in a table of their own. The difference quotient is this median less that of the smallest size, by the difference of the two sizes; its interval comes from the two 95 % intervals, their half widths added as squares.
WITH grown AS (
	SELECT *, (median - least_median) / 1e3 / mib AS quotient,
		sqrt(pow(median_hi - median_lo, 2) + pow(least_hi - least_lo, 2)) /
			2e3 / mib AS error
	FROM (SELECT *, nullif(rss_bytes - least_rss, 0) / 1048576.0 AS mib
		FROM sized))
SELECT workload AS "interval", label AS strategy, child, backing,
	size AS memory, median / 1e3 AS "median µs",
	median_lo / 1e3 AS "median µs lo", median_hi / 1e3 AS "median µs hi",
	quotient AS "difference quotient µs/MiB",
	quotient - error AS "difference quotient µs/MiB lo",
	quotient + error AS "difference quotient µs/MiB hi",
	n AS samples, "blocks"
FROM grown WHERE parameters IS NULL AND child NOT LIKE 'touch:%'
ORDER BY workload, position, child, backing_place, rss_bytes;
