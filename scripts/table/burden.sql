-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 8
-- title: What else the caller carries, each alone
-- needs: points with several numbers of descriptors, parked threads, atfork handlers, bystanders or mappings
-- note: More than the least case; its interval comes from the two 95 % intervals, their half widths added as squares. By the item where the interval leaves a sign.
SELECT thing AS "what", items, workload AS "interval", label AS strategy, child,
	backing, size AS memory, us AS "median µs", us_interval AS "95 %",
	iif(items > least_items, printf('%.15g', printf('%.3g', more_ns / 1e3)),
		NULL) AS "more µs",
	CASE WHEN items > least_items AND more_error IS NOT NULL
		THEN printf('%.15g … %.15g', printf('%.3g', (more_ns - more_error) / 1e3),
			printf('%.3g', (more_ns + more_error) / 1e3)) END AS "95 % of more",
	CASE WHEN items > least_items AND (abs(more_ns) > more_error
			OR more_error IS NULL) THEN printf('%.15g', printf('%.3g',
		more_ns / (items - least_items))) END AS "ns an item"
FROM burden
ORDER BY burden.what, workload, position, child, backing, rss_bytes, items;
