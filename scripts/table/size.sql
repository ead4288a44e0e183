-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 3
-- title: The same by the memory that the caller holds
-- needs: points of spawn, start, wait or teardown with a backing that holds memory
-- note: Children that touch memory stand in a table of their own. The difference quotient is this median less that of the smallest size, by the difference of the two sizes; it is rounded to the first digit that the intervals leave certain.
WITH grown AS (
	-- The quotient is rounded to the first digit that its interval reaches.
	SELECT *, max(0, -CAST(substr(error, instr(error, 'e') + 1) AS INTEGER))
			AS places
	FROM (SELECT *, (median - least_median) / 1e3 / mib AS quotient,
			printf('%.0e', (hi - lo + least_hi - least_lo) / 4e3 / mib)
				AS error
		FROM (SELECT *, (rss_bytes - least_rss) / 1048576.0 AS mib
			FROM sized)))
SELECT workload AS "interval", label AS strategy, child, backing,
	size AS memory, us AS "median µs", us_interval AS "95 %",
	CASE WHEN quotient IS NULL THEN NULL
		WHEN median_lo IS NULL THEN printf('%.3g', quotient)
		ELSE printf('%.*f', places, CASE WHEN round(quotient, places) = 0
			THEN 0.0 ELSE quotient END) END
		AS "difference quotient µs/MiB",
	n AS samples, "blocks"
FROM grown WHERE parameters IS NULL AND child NOT LIKE 'touch:%'
ORDER BY workload, position, child, backing_place, rss_bytes;
