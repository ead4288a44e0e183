-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the same name shows: shares of the whole, where a program
-- is executed, and without; then what is not drawn.
WITH share AS (
	SELECT strategy, label, child, position, max(until) AS whole,
		sum(until - "from") FILTER (WHERE part IN (1, 2)) AS before,
		sum(until - "from") FILTER (WHERE part = 3) AS exec,
		sum(until - "from") FILTER (WHERE part = 4) AS end
	FROM anatomy WHERE child IN ('exit', 'exec') GROUP BY strategy, child),
picked AS (
	SELECT *, row_number() OVER (PARTITION BY child ORDER BY position) AS nth FROM share
	WHERE before IS NOT NULL)
SELECT 'Of the ' || rtrim(printf('%#.3g', whole / 1e3), '.') ||
	' µs from the call to reaping a child of ' || label || ' that does ' || child || ', ' ||
	printf('%.0f', 100 * before / whole) || ' % pass before it runs, ' ||
	iif(exec IS NULL, '', printf('%.0f', 100 * exec / whole) || ' % in exec, ') ||
	printf('%.0f', 100 * end / whole) || ' % in its end and reaping.'
FROM picked WHERE nth = 1;

SELECT count(*) || iif(count(*) = 1, ' bar is', ' bars are') ||
	' left out, for medians that were measured apart do not stand in order: ' ||
	group_concat(label || ' + ' || child, ', ') || '.'
FROM creation WHERE NOT well AND child IN ('exit', 'exec') HAVING count(*) > 0;
