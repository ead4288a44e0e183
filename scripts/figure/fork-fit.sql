-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 5
-- title: Fork against page tables, and the straight line through it
-- needs: points of spawn at three sizes or more, of a strategy that returns at once
SELECT dense_rank() OVER (ORDER BY position, child <> 'exit', point_place) AS series,
	label || iif(children > 1, ' + ' || child, '') || ', ' || backing || ': ' ||
		CASE WHEN abs(slope) < 999.5 THEN printf('%.3g ns', slope)
		ELSE printf('%.3g µs', slope / 1e3) END || CASE WHEN slope_lo IS NULL THEN ''
		WHEN abs(slope) < 999.5 THEN printf(' (%.3g … %.3g)', slope_lo, slope_hi)
		ELSE printf(' (%.3g … %.3g)', slope_lo / 1e3, slope_hi / 1e3) END AS label,
	pages, ns, lo, hi, start, slope, -100 * miss AS miss,
	100 * (lo / ns - 1) - 100 * miss AS miss_lo, 100 * (hi / ns - 1) - 100 * miss AS miss_hi,
	colour, shape - (backing_place + 1) % 2 AS shape, backing_place AS dash
FROM (SELECT *, min(point) OVER (PARTITION BY backing) AS point_place,
	(SELECT count(DISTINCT child) FROM fitted) AS children FROM fitted)
JOIN (SELECT backing AS of_backing, dense_rank() OVER (ORDER BY min(point))
	AS backing_place FROM fitted GROUP BY backing) ON of_backing = backing
ORDER BY series, pages;
