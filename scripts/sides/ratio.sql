-- SPDX-License-Identifier: GPL-3.0-or-later
-- The points where two runs differ most, for sides.gp.
SELECT y, label, ratio, coalesce(lo, ratio) AS lo, coalesce(hi, ratio) AS hi, points
FROM (SELECT *, row_number() OVER (ORDER BY apart DESC, abs(d) DESC) AS y,
	count(*) OVER () AS points FROM pair)
WHERE y <= 30 ORDER BY y;
