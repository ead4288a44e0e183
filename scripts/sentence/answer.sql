-- SPDX-License-Identifier: GPL-3.0-or-later
-- The answer, a paragraph a row: only what the run's own numbers say.
WITH big AS (
	-- the series that grow; where none does, the few kinds of memory there are
	SELECT * FROM growing
	UNION ALL
	SELECT * FROM sized WHERE workload = 'spawn' AND parameters IS NULL
		AND NOT EXISTS (SELECT * FROM growing) AND backing IN (SELECT backing
			FROM sized WHERE workload = 'spawn' AND parameters IS NULL
			GROUP BY backing ORDER BY min(point) LIMIT 4)),
blocked AS (
	-- at each backing's largest size; the child that was measured most
	SELECT *, row_number() OVER mine AS k,
		count(*) OVER (PARTITION BY backing) AS of
	FROM (SELECT *, dense_rank() OVER (PARTITION BY backing
			ORDER BY rss_bytes DESC) AS down,
			dense_rank() OVER (PARTITION BY backing, rss_bytes ORDER BY
				children DESC, child = 'exec' DESC, child) AS child_down
		FROM (SELECT *, count(*) OVER (PARTITION BY backing, child)
			AS children FROM big))
	WHERE down = 1 AND child_down = 1
	WINDOW mine AS (PARTITION BY backing ORDER BY position, point)),
sizes AS (
	SELECT backing_place, 'A caller with ' || size || ' of ' || backing ||
		' memory' || coalesce(' (' || word.summary || ')', '') ||
		' is blocked ' || group_concat(CASE k WHEN 1 THEN ''
			WHEN of THEN ' and ' ELSE ', ' END ||
			time || ' by ' || label, '') ||
		' when the child does ' || child || '.' AS says
	FROM (SELECT * FROM blocked ORDER BY backing_place, k)
	LEFT JOIN word ON word.kind = 'backing' AND word.name = backing
	GROUP BY backing),
alone AS (
	-- without memory: where strategies are many, the three least and the most
	SELECT *, row_number() OVER (PARTITION BY workload, child ORDER BY
			iif(many, median, position), point) AS k
	FROM (SELECT *, count(*) OVER whole AS strategies, count(*) OVER whole > 6
			AS many, row_number() OVER (whole ORDER BY median) AS up,
			row_number() OVER (whole ORDER BY median DESC) AS down
		FROM told WHERE rss_bytes = 0 AND parameters IS NULL
			AND workload IN ('spawn', 'wait') AND metric = workload || '_ns'
		WINDOW whole AS (PARTITION BY workload, child))
	WHERE NOT many OR up <= 3 OR down = 1),
listed AS (
	SELECT workload, child, min(point) AS at, group_concat(CASE WHEN k = 1 THEN ''
			WHEN many AND k = 4 THEN ', and at most '
			WHEN many THEN ', ' WHEN k = strategies THEN ' and ' ELSE ', ' END ||
		time || iif(workload = 'spawn', ' by ', ' after a call of ') || label, '')
		|| iif(many, ' (of ' || strategies || ' strategies)', '') AS says
	FROM (SELECT * FROM alone ORDER BY workload, child, k)
	GROUP BY workload, child),
waits AS (
	SELECT at, 'With no memory but the program''s own, a child that does ' ||
		child || ' is reaped ' || says || '.' AS says
	FROM listed WHERE workload = 'wait'),
faults AS (
	SELECT min(at) AS at, 'One fault, by its cause: ' || group_concat(says, '; ') || '.' AS says
	FROM (SELECT min(point) AS at, kind || ' takes ' || group_concat(time || ' on ' ||
			backing || CASE WHEN pages_per_fault > 1.5
				THEN printf(' (and serves %.4g pages)', pages_per_fault)
				ELSE '' END, ', ') AS says
		FROM (SELECT * FROM usual_fault ORDER BY point)
		GROUP BY kind ORDER BY at)),
late AS (
	SELECT '† marks a strategy that returns only after work of the child (its copy, exec or exit): ' ||
		'the caller''s blocked time holds that work as well, and is ' ||
		'not the same thing as that of a strategy that returns at once.' AS says
	WHERE EXISTS (SELECT * FROM told WHERE returns_late)),
bare AS (
	SELECT 'Nothing was measured that this page could show but the harness itself.' AS says
	WHERE NOT EXISTS (SELECT * FROM told WHERE workload <> 'null')),
spawns AS (
	SELECT at, 'With no memory but its own, the caller is blocked ' || says ||
		' when the child does ' || child || '.' AS says
	FROM listed WHERE workload = 'spawn' AND NOT EXISTS (SELECT * FROM blocked)
		AND NOT EXISTS (SELECT * FROM listed WHERE workload = 'wait'))
SELECT says FROM (
	SELECT 1 AS part, backing_place AS at, says FROM sizes
	UNION ALL SELECT 2, at, says FROM spawns
	UNION ALL SELECT 3, at, says FROM waits
	UNION ALL SELECT 4, 0, says FROM faults
	UNION ALL SELECT 5, 0, says FROM bare
	UNION ALL SELECT 6, 0, says FROM late)
WHERE says IS NOT NULL ORDER BY part, at;
