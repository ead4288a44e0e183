-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the same name shows, a row a line: its slope, what that is by
-- the base page that such a page maps, and how far off it is.
SELECT label || iif((SELECT count(DISTINCT child) FROM fitted) > 1, ' + ' || child, '') ||
	' on ' || backing || ': ' ||
	CASE WHEN slope_lo < 0 AND slope_hi > 0 THEN 'the time is not shown to grow with page tables ('
	ELSE '' END || CASE WHEN abs(slope) < 999.5 THEN printf('%.3g ns', slope)
		ELSE printf('%.3g µs', slope / 1e3) END || ' by the page of page tables' ||
	CASE WHEN slope_lo IS NULL THEN '' WHEN abs(slope) < 999.5
		THEN printf(', 95 %%: %.3g … %.3g', slope_lo, slope_hi)
		ELSE printf(', 95 %%: %.3g … %.3g', slope_lo / 1e3, slope_hi / 1e3) END ||
	CASE WHEN slope_lo < 0 AND slope_hi > 0 THEN ')'
	ELSE printf('; that is %.3g ns by each of the %d pages that it can map',
		slope / (page.value / 8), page.value / 8) END ||
	printf('; the line misses its points by up to %.2g %%.', 100 * max(abs(miss)))
FROM fitted, (SELECT value FROM machine WHERE key = 'page_bytes') AS page
GROUP BY strategy, child, backing ORDER BY min(point);
