-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 5
-- title: Single touches
-- needs: points with timing=single
-- note: All touches of all blocks, counted in bins of two digits and so known to a tenth; the most is the end of its bin. The first touch of each large page stands alone. A quantile is left out where fewer than one touch is above it.
SELECT replace(replace(kind, ', timing=single', ''), 'timing=single,', '') AS kind,
	backing, size AS memory,
	iif(metric = 'first_touch_ns', 'first in each large page', iif(firsts > 0,
		'the rest', 'all')) AS touches, n AS count, "blocks",
	median AS "p50 ns", median_lo AS "p50 ns lo", median_hi AS "p50 ns hi",
	iif(n >= 10, p90, NULL) AS "p90 ns",
	iif(n >= 100, p99, NULL) AS "p99 ns",
	iif(n >= 1000, p999, NULL) AS "p99.9 ns",
	max AS "most ns"
FROM (SELECT *, count(*) FILTER (WHERE metric = 'first_touch_ns')
		OVER (PARTITION BY point) AS firsts
	FROM told)
WHERE metric IN ('touch_ns', 'first_touch_ns')
ORDER BY point, metric;
