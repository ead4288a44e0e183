-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 8
-- title: What else the caller carries, each alone
-- needs: points with several numbers of descriptors, parked threads, atfork handlers, bystanders or mappings
-- note: More than the least case; its interval comes from the two 95 % intervals, their half widths added as squares. By the item where the interval leaves a sign.
SELECT thing AS "what", items, workload AS "interval", label AS strategy, child,
	backing, size AS memory, median / 1e3 AS "median µs",
	median_lo / 1e3 AS "median µs lo", median_hi / 1e3 AS "median µs hi",
	iif(items > least_items, more_ns / 1e3, NULL) AS "more µs",
	iif(items > least_items, (more_ns - more_error) / 1e3, NULL) AS "more µs lo",
	iif(items > least_items, (more_ns + more_error) / 1e3, NULL) AS "more µs hi",
	CASE WHEN items > least_items AND (abs(more_ns) > more_error
			OR more_error IS NULL) THEN more_ns / (items - least_items) END AS "ns an item"
FROM burden
ORDER BY burden.what, workload, position, child, backing, rss_bytes, items;
