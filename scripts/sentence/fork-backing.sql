-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the same name shows: its ends.
WITH plain AS (SELECT * FROM sized
	WHERE workload = 'spawn' AND parameters IS NULL),
one AS (
	SELECT strategy, child, rss_bytes FROM plain
	GROUP BY strategy, child, rss_bytes HAVING count(*) > 2
	ORDER BY count(*) DESC, rss_bytes DESC, min(point) LIMIT 1),
shown AS (SELECT *, row_number() OVER (ORDER BY median) AS up,
		row_number() OVER (ORDER BY median DESC) AS down, count(*) OVER () AS kinds
	FROM plain JOIN one USING (strategy, child, rss_bytes))
SELECT 'Of ' || least.kinds || ' kinds of memory, ' || least.backing ||
	' blocks the caller least (' || least.time || ') and ' || most.backing ||
	' most (' || most.time || '), ' ||
	rtrim(printf('%#.3g', most.median / least.median), '.') ||
	' times as long for the same ' || most.size || '.'
FROM shown AS least, shown AS most WHERE least.up = 1 AND most.down = 1;
