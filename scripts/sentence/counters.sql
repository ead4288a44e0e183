-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the same name shows, a row a counter: its ends.
WITH ends AS (
	SELECT *, row_number() OVER (PARTITION BY metric ORDER BY median) AS up,
		row_number() OVER (PARTITION BY metric ORDER BY median DESC) AS down,
		count(*) OVER (PARTITION BY metric) AS points
	FROM counter)
SELECT least.metric || coalesce(' ' || nullif(least.unit, ''), '') || ': ' ||
	iif(least.points = 1, '', 'from ') || printf('%.3g', least.median) || ' (' || least.what || ')' ||
	iif(least.points = 1, '', ' to ' || printf('%.3g', most.median) || ' (' || most.what || ')') || '.'
FROM ends AS least JOIN ends AS most USING (metric)
WHERE least.up = 1 AND most.down = 1 ORDER BY least.points DESC, least.metric LIMIT 6;
