-- SPDX-License-Identifier: GPL-3.0-or-later
-- The chief points over machines and kernels, a row each.
SELECT label AS point, name AS machine, '#machine-' || no AS "machine href", kernel,
	date(at, 'unixepoch') AS "newest run", median / 1e3 AS "median µs",
	median_lo / 1e3 AS "median µs lo", median_hi / 1e3 AS "median µs hi",
	printf('%+.1f', 0.0 + round(100 * (by_middle - 1), 1)) AS "by the median machine %"
FROM stands ORDER BY place, nth > 1, name, nth;
