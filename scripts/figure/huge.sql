-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 13
-- title: Sizes of pages compared: time and memory
-- needs: two sizes of pages or more (anon, mthp, thp, hugetlb), under fork, cow or zero_fill
WITH place AS (
	SELECT unit_bytes, backing, row_number() OVER (ORDER BY unit_bytes, min(place)) AS y
	FROM huge GROUP BY unit_bytes, backing)
SELECT y, unit_size || ', ' || backing AS label, part, size,
	amount, coalesce(amount_lo, amount) AS lo, coalesce(amount_hi, amount) AS hi
FROM huge JOIN place USING (unit_bytes, backing)
WHERE (SELECT count(*) FROM place) > 1 ORDER BY y, part;
