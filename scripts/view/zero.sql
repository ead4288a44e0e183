-- SPDX-License-Identifier: GPL-3.0-or-later
-- Fresh memory that is read first, and so gets the zero page, and then written,
-- beside memory that is written at once; by the base page.
CREATE VIEW zero AS
WITH fresh AS (
	SELECT *, backing || coalesce(', ' || replace(parameters, ',', ', '), '') AS what
	FROM walk WHERE largest AND metric = 'op_ns' AND coalesce(timing, 'batch') <> 'single'
		AND CAST(coalesce(threads, 1) AS INTEGER) = 1 AND strategy IS NULL)
SELECT f.what, f.point, f.size, f.page_bytes,
	r.page_ns AS read_ns, r.page_lo AS read_lo, r.page_hi AS read_hi,
	u.page_ns AS later_ns, u.page_lo AS later_lo, u.page_hi AS later_hi,
	r.page_ns + u.page_ns AS both_ns,
	r.page_ns + u.page_ns - sqrt(pow(r.page_ns - r.page_lo, 2) +
		pow(u.page_ns - u.page_lo, 2)) AS both_lo,
	r.page_ns + u.page_ns + sqrt(pow(r.page_hi - r.page_ns, 2) +
		pow(u.page_hi - u.page_ns, 2)) AS both_hi,
	f.page_ns AS fill_ns, f.page_lo AS fill_lo, f.page_hi AS fill_hi
FROM fresh AS f
JOIN fresh AS r ON r.workload = 'zero_read' AND r.backing = f.backing
	AND r.rss_bytes = f.rss_bytes AND r.parameters IS f.parameters
JOIN fresh AS u ON u.workload = 'zero_upgrade' AND u.backing = f.backing
	AND u.rss_bytes = f.rss_bytes AND u.parameters IS f.parameters
WHERE f.workload = 'zero_fill';
