-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 4
-- title: The zero page against zero-fill, by the base page
-- needs: points of zero_fill, zero_read and zero_upgrade with the same memory
-- note: Fresh memory that is read first and then written, beside memory that is written at once. The sum's interval is that of the two, their half widths added as squares.
SELECT what AS memory, size, read_ns / 1e3 AS "read µs", read_lo / 1e3 AS "read µs lo",
	read_hi / 1e3 AS "read µs hi", later_ns / 1e3 AS "then written µs",
	later_lo / 1e3 AS "then written µs lo", later_hi / 1e3 AS "then written µs hi",
	both_ns / 1e3 AS "both µs", both_lo / 1e3 AS "both µs lo", both_hi / 1e3 AS "both µs hi",
	fill_ns / 1e3 AS "written at once µs", fill_lo / 1e3 AS "written at once µs lo",
	fill_hi / 1e3 AS "written at once µs hi"
FROM zero ORDER BY point;
