-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 5
-- title: Single touches
-- needs: points with timing=single
-- note: All touches of all blocks, counted in bins of two digits and so known to a tenth; the most is the end of its bin. The first touch of each large page stands alone. A quantile is left out where fewer than one touch is above it.
SELECT replace(replace(kind, ', timing=single', ''), 'timing=single,', '') AS kind,
	backing, size AS memory,
	iif(metric = 'first_touch_ns', 'first in each large page', iif(firsts > 0,
		'the rest', 'all')) AS touches, n AS count, "blocks",
	printf('%.15g', printf('%.3g', median)) AS "p50 ns",
	CASE WHEN median_lo IS NOT NULL THEN printf('%.15g … %.15g',
		printf('%.3g', median_lo), printf('%.3g', median_hi)) END
		AS "95 % of p50",
	iif(n >= 10, printf('%.15g', printf('%.3g', p90)), NULL) AS "p90 ns",
	iif(n >= 100, printf('%.15g', printf('%.3g', p99)), NULL) AS "p99 ns",
	iif(n >= 1000, printf('%.15g', printf('%.3g', p999)), NULL) AS "p99.9 ns",
	printf('%.15g', printf('%.3g', max)) AS "most ns"
FROM (SELECT *, count(*) FILTER (WHERE metric = 'first_touch_ns')
		OVER (PARTITION BY point) AS firsts
	FROM told)
WHERE metric IN ('touch_ns', 'first_touch_ns')
ORDER BY point, metric;
