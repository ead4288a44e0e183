-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 4
-- title: Sizes of pages compared
-- needs: points of spawn, cow or zero_fill with backings of several sizes of pages
-- note: fork: the whole call. First write: to a page that fork made shared. All written: a MiB of it. Taken: the memory that the first write to fresh memory takes. Each at the size of memory that most kinds were measured at.
SELECT backing, unit_size AS page,
	max(amount / 1e3) FILTER (WHERE part = 1) AS "fork µs",
	max(amount_lo / 1e3) FILTER (WHERE part = 1) AS "fork µs lo",
	max(amount_hi / 1e3) FILTER (WHERE part = 1) AS "fork µs hi",
	max(size) FILTER (WHERE part = 1) AS "of",
	max(amount / 1e3) FILTER (WHERE part = 2) AS "first write µs",
	max(amount_lo / 1e3) FILTER (WHERE part = 2) AS "first write µs lo",
	max(amount_hi / 1e3) FILTER (WHERE part = 2) AS "first write µs hi",
	max(amount / 1e3) FILTER (WHERE part = 3) AS "all written µs",
	max(amount_lo / 1e3) FILTER (WHERE part = 3) AS "all written µs lo",
	max(amount_hi / 1e3) FILTER (WHERE part = 3) AS "all written µs hi",
	max(CAST(amount / 1024 AS INTEGER)) FILTER (WHERE part = 4) AS "taken KiB"
FROM huge GROUP BY backing, unit_bytes ORDER BY unit_bytes, min(place);
