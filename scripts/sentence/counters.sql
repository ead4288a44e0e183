-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the same name shows, a row a counter: its ends; and which
-- counted nothing.
WITH ends AS (
	SELECT *, row_number() OVER (PARTITION BY metric ORDER BY median, point) AS up,
		row_number() OVER (PARTITION BY metric ORDER BY median DESC, point) AS down,
		count(*) OVER (PARTITION BY metric) AS points,
		metric || coalesce(' ' || nullif(unit, ''), '') AS counter
	FROM counter)
SELECT CASE WHEN least.points = 1 THEN printf('%s: %.3g (%s).', least.counter,
		least.median, least.what)
	WHEN least.median = most.median THEN printf('%s: %.3g at each of %d points.',
		least.counter, least.median, least.points)
	ELSE printf('%s: from %.3g (%s) to %.3g (%s).', least.counter, least.median,
		least.what, most.median, most.what) END
FROM ends AS least JOIN ends AS most USING (metric)
WHERE least.up = 1 AND most.down = 1 ORDER BY least.points DESC, least.metric LIMIT 6;

SELECT 'At all points 0: ' || group_concat(metric, ', ') || '.'
FROM (SELECT metric FROM summary WHERE metric NOT LIKE '%\_ns' ESCAPE '\'
		AND unit <> 'ns' AND workload <> 'null'
	GROUP BY metric HAVING max(median) = 0 ORDER BY metric)
HAVING count(*) > 0;
