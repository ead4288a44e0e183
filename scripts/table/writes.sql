-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 6
-- title: By the share of pages that is written
-- needs: points of wait whose child does touch:PERCENT, or of cow with fraction set
-- note: wait: the whole life of a child that writes so much of the memory. cow: all faults of one sample together.
SELECT kind, child, backing, size AS memory,
	printf('%.15g', percent) AS "written %",
	ns / 1e3 AS "µs", ns_lo / 1e3 AS "µs lo", ns_hi / 1e3 AS "µs hi",
	n AS samples, "blocks"
FROM (SELECT *, count(*) OVER (PARTITION BY workload, strategy, backing,
		rss_bytes, rest) AS shares FROM part)
WHERE shares > 1 OR child LIKE 'touch:%'
ORDER BY workload DESC, backing, rss_bytes, position, rest, percent;
