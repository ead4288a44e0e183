-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the same name shows.
WITH shown AS (SELECT *, CASE WHEN page_ns < 999.5 THEN rtrim(printf('%#.3g', page_ns), '.') || ' ns'
		ELSE rtrim(printf('%#.3g', page_ns / 1e3), '.') || ' µs' END AS page_time
	FROM usual_fault)
SELECT CASE WHEN least.point = most.point THEN 'A base page costs ' || least.page_time || ' in ' ||
		least.kind || ', ' || least.backing || '.'
	ELSE 'By the base page, the least is ' || least.kind || ', ' || least.backing || ' with ' ||
		least.page_time || ', the most ' || most.kind || ', ' || most.backing || ' with ' ||
		most.page_time || '.' END ||
	coalesce((SELECT ' But one fault serves many pages in ' ||
		group_concat(printf('%s, %s (%.4g pages, %s a fault with all the touches that it serves)', kind, backing,
		pages_per_fault, time), '; ') || '.' FROM shown WHERE pages_per_fault > 1.5), '')
FROM (SELECT * FROM shown ORDER BY page_ns LIMIT 1) AS least,
	(SELECT * FROM shown ORDER BY page_ns DESC LIMIT 1) AS most;
