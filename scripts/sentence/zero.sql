-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the same name shows, a row a kind of memory: whether it is
-- dearer to read first.
SELECT 'On ' || what || ', memory that is read first and written later costs ' ||
	iif(both_ns < 999.5, rtrim(printf('%#.3g', both_ns), '.') || ' ns',
		rtrim(printf('%#.3g', both_ns / 1e3), '.') || ' µs') ||
	' a page, ' || rtrim(printf('%#.3g', both_ns / fill_ns), '.') ||
	' times what a write at once does' ||
	CASE WHEN fill_hi = fill_ns AND both_hi = both_ns THEN ''
		WHEN both_lo > fill_hi OR both_hi < fill_lo THEN ' (their intervals lie apart)'
		ELSE ' (their intervals overlap)' END || '.'
FROM zero ORDER BY point LIMIT 6;
