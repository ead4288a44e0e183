-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: How long the caller is blocked, by the memory that it holds
-- needs: points of spawn with a backing that holds memory
-- note: The slope is this median less that of the smallest size, by the difference of the sizes; its interval comes from the two, their half widths added as squares. †: returns only after the child's exec or exit.
WITH sloped AS (
	SELECT *, (median - least_median) / mib AS slope,
		sqrt(pow(median_hi - median_lo, 2) + pow(least_hi - least_lo, 2)) /
			2 / mib AS error
	FROM (SELECT *, nullif(rss_bytes - least_rss, 0) / 1048576.0 AS mib
		FROM growing))
SELECT label AS strategy, child, backing, size AS memory, median / 1e3 AS "spawn µs",
	median_lo / 1e3 AS "spawn µs lo", median_hi / 1e3 AS "spawn µs hi",
	slope AS "slope ns/MiB", slope - error AS "slope ns/MiB lo",
	slope + error AS "slope ns/MiB hi"
FROM sloped
ORDER BY position, child, backing_place, rss_bytes;
