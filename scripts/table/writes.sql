-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 6
-- title: By the share of pages that is written
-- needs: points of wait whose child does touch:PERCENT, or of cow with fraction set
-- note: wait: the whole life of a child that writes so much of the memory. cow: all faults of one sample together.
SELECT kind, child, backing, size AS memory,
	printf('%.15g', percent) AS "written %",
	printf('%.15g', printf('%.3g', ns / 1e3)) AS "µs",
	CASE WHEN ns_lo IS NOT NULL THEN printf('%.15g … %.15g',
		printf('%.3g', ns_lo / 1e3), printf('%.3g', ns_hi / 1e3)) END AS "95 %",
	n AS samples, "blocks"
FROM (SELECT *, count(*) OVER (PARTITION BY workload, strategy, backing,
		rss_bytes, rest) AS shares FROM part)
WHERE shares > 1 OR child LIKE 'touch:%'
ORDER BY workload DESC, backing, rss_bytes, position, rest, percent;
