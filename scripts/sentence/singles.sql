-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the same name shows: how far the tails reach.
SELECT 'One touch in a thousand takes at least ' ||
	printf('%.15g', printf('%.3g', p999 / 1e3)) || ' µs in ' || what || ', ' ||
	printf('%.15g', printf('%.3g', p999 / median)) || ' times the median' ||
	iif(lines > 1, ': of ' || lines || ' lines the longest tail', '') || '.'
FROM (SELECT *, count(*) OVER () AS lines FROM single WHERE n >= 1000)
ORDER BY p999 / median DESC LIMIT 1;

SELECT replace(f.what, ': first in a large page', '') ||
	': the first touch of each large page takes ' || f.time || ', the others ' ||
	r.time || '; ' || printf('%.15g', printf('%.3g', f.median / r.median)) ||
	' times as much.'
FROM single AS f JOIN told AS r USING (point)
WHERE f.metric = 'first_touch_ns' AND r.metric = 'touch_ns' ORDER BY point;
