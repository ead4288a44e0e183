-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 9
-- title: The zero page against zero-fill: fresh memory read first, or written
-- needs: points of zero_read, zero_upgrade and zero_fill on one kind of memory
WITH row AS (SELECT *, row_number() OVER (ORDER BY point) AS y FROM zero)
SELECT y, what AS label, 1 AS kind, read_ns AS ns, read_lo AS lo, read_hi AS hi,
	page_bytes AS page, size FROM row
UNION ALL SELECT y, what, 2, later_ns, later_lo, later_hi, page_bytes, size FROM row
UNION ALL SELECT y, what, 3, both_ns, both_lo, both_hi, page_bytes, size FROM row
UNION ALL SELECT y, what, 4, fill_ns, fill_lo, fill_hi, page_bytes, size FROM row
ORDER BY y, kind;
