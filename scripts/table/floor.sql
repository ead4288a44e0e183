-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 13
-- title: The harness itself: an empty sample
-- needs: the point null
SELECT workload, printf('%.3g', median) AS "median ns",
	CASE WHEN median_lo IS NOT NULL THEN
		printf('%.3g … %.3g', median_lo, median_hi) END AS "95 %",
	iif(sd IS NULL, NULL, printf('%.3g', sd)) AS "standard deviation ns",
	iif(p99 IS NULL, NULL, printf('%.15g', printf('%.3g', p99))) AS "p99 ns",
	iif(max IS NULL, NULL, printf('%.15g', printf('%.3g', max)))
		AS "most ns", n AS samples, "blocks"
FROM summary WHERE workload = 'null' AND median IS NOT NULL;
