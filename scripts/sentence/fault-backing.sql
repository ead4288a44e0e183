-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the same name shows: the ends of each cause.
WITH plain AS (
	SELECT *, replace(kind, ' ‡', '') AS cause, CASE WHEN page_ns < 999.5
			THEN rtrim(printf('%#.3g', page_ns), '.') || ' ns'
			ELSE rtrim(printf('%#.3g', page_ns / 1e3), '.') || ' µs' END
			AS page_time
	FROM fault WHERE largest AND parameters IS NULL),
ends AS (
	SELECT *, row_number() OVER (PARTITION BY cause ORDER BY page_ns) AS up,
		row_number() OVER (PARTITION BY cause ORDER BY page_ns DESC) AS down,
		count(*) OVER (PARTITION BY cause) AS kinds
	FROM plain)
SELECT least.cause || ': by the base page from ' || least.page_time || ' on ' ||
	least.backing || ' to ' || most.page_time || ' on ' || most.backing || '.'
FROM ends AS least JOIN ends AS most USING (cause)
WHERE least.up = 1 AND most.down = 1 AND least.kinds > 2
	AND (SELECT count(DISTINCT backing) FROM plain) > 3
ORDER BY least.point LIMIT 6;
