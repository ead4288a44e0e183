-- SPDX-License-Identifier: GPL-3.0-or-later
-- In the place of machines/outliers.sql, where it has no rows: why.
WITH judged AS (
	SELECT count(DISTINCT run) AS machines, count(DISTINCT peers || char(31) ||
		workload || char(31) || coalesce(strategy, '') || char(31) ||
		coalesce(backing, '') || char(31) || coalesce(rss_bytes, '') || char(31) ||
		coalesce(child, '') || char(31) || coalesce(parameters, '') || char(31) ||
		metric) AS points
	FROM outliers WHERE over = 'point' AND ratio IS NOT NULL)
SELECT iif(points > 0, 'none. Judged were ' || points || iif(points = 1, ' point', ' points') ||
	' of ' || machines || ' machines, and of each of them no machine is slower or faster ' ||
	'than the others of its group.',
	'none could be found, for no point was measured on four machines of equal hardware ' ||
	'and state.')
FROM judged WHERE NOT EXISTS (SELECT * FROM outliers
	WHERE over = 'point' AND verdict IN ('slower', 'faster'));
