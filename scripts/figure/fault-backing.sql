-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 10
-- title: What a base page costs, by the kind of memory
-- needs: four backings or more, three of them touched in the same way
WITH plain AS (SELECT *, count(*) OVER (PARTITION BY kind) AS spread
	FROM (SELECT *, replace(fault.kind, ' ‡', '') AS cause FROM fault
		WHERE largest AND parameters IS NULL)),
shown AS (
	SELECT *, dense_rank() OVER (ORDER BY first) AS cause_n FROM (
		SELECT *, min(point) OVER (PARTITION BY cause) AS first,
			count(*) OVER (PARTITION BY cause) AS spread_n
		FROM plain)
	WHERE spread_n > 2),
place AS (
	SELECT backing AS name, row_number() OVER (ORDER BY min(point)) AS y
	FROM (SELECT backing, (SELECT min(point) FROM plan
			WHERE plan.backing = shown.backing) AS point FROM shown)
	GROUP BY backing)
SELECT y, cause_n, cause, backing || max(mark) OVER (PARTITION BY backing)
	AS label, page_ns AS ns, page_lo AS lo, page_hi AS hi,
	page_bytes AS page, CASE WHEN min(size) OVER () = max(size) OVER () THEN size
		ELSE 'its largest size' END AS size,
	max(mark <> '') OVER () AS marked
FROM shown JOIN place ON name = backing
WHERE (SELECT count(*) FROM place) > 3 AND cause_n <= 6 ORDER BY y, cause_n;
