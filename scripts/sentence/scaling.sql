-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the same name shows: the most threads of each kind of fault.
SELECT what || ': ' || busy || ' threads take ' ||
	rtrim(printf('%#.3g', speedup), '.') || ' times the faults of one in the same time' ||
	CASE WHEN lacks IS NULL THEN printf(' (95 %%: %.15g … %.15g)',
		printf('%.3g', speedup_lo), printf('%.3g', speedup_hi)) ||
		CASE WHEN speedup_lo > 1 THEN ', so they gain' WHEN speedup_hi < 1
			THEN ', so they lose' ELSE ', which is not told from no change' END
	ELSE '' END || '.'
FROM (SELECT *, max(busy) OVER (PARTITION BY what, rss_bytes) AS busiest FROM scaling)
WHERE busy = busiest ORDER BY point;
