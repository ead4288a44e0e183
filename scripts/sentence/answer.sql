-- SPDX-License-Identifier: GPL-3.0-or-later
-- The answer, a paragraph a row: only what the run's own numbers say.
WITH blocked AS (
	-- at each backing's largest size; the child that was measured most
	SELECT *, row_number() OVER mine AS k,
		count(*) OVER (PARTITION BY backing) AS of
	FROM sized JOIN (SELECT backing AS b, max(rss_bytes) AS most FROM sized
		WHERE workload = 'spawn' GROUP BY backing)
		ON b = backing AND most = rss_bytes
	WHERE workload = 'spawn' AND child = (SELECT child FROM sized
		WHERE workload = 'spawn' GROUP BY child
		ORDER BY count(*) DESC, child = 'exec' DESC LIMIT 1)
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
reaped AS (
	SELECT *, row_number() OVER (PARTITION BY child ORDER BY position, point) AS k,
		count(*) OVER (PARTITION BY child) AS of
	FROM told WHERE metric = 'wait_ns' AND workload = 'wait' AND rss_bytes = 0),
waits AS (
	SELECT min(point) AS at, 'With no memory but the program''s own, a child that does ' ||
		child || ' is reaped ' || group_concat(CASE k WHEN 1 THEN ''
			WHEN of THEN ' and ' ELSE ', ' END ||
			time || ' after a call of ' || label, '') || '.' AS says
	FROM (SELECT * FROM reaped ORDER BY child, k) GROUP BY child),
faults AS (
	SELECT min(at) AS at, 'One fault, by its cause: ' || group_concat(says, '; ') || '.' AS says
	FROM (SELECT min(point) AS at, kind || ' takes ' || group_concat(time || ' on ' ||
			backing || CASE WHEN pages_per_fault > 1.5
				THEN printf(' (and serves %.4g pages)', pages_per_fault)
				ELSE '' END, ', ') AS says
		FROM (SELECT * FROM fault WHERE largest ORDER BY point)
		GROUP BY kind ORDER BY at)),
late AS (
	SELECT '† marks a strategy that returns only after the child''s exec or exit: ' ||
		'the caller''s blocked time holds the child''s work as well, and is ' ||
		'not the same thing as that of a strategy that returns at once.' AS says
	WHERE EXISTS (SELECT * FROM told WHERE returns_late)),
alone AS (
	SELECT 'Nothing was measured that this page could show but the harness itself.' AS says
	WHERE NOT EXISTS (SELECT * FROM told WHERE workload <> 'null')),
spawns AS (
	SELECT min(point) AS at, 'With no memory but its own, the caller is blocked ' ||
		group_concat(CASE k WHEN 1 THEN '' WHEN of THEN ' and ' ELSE ', ' END ||
			time || ' by ' || label, '') || ' when the child does ' || child || '.' AS says
	FROM (SELECT *, row_number() OVER (PARTITION BY child ORDER BY position, point) AS k,
			count(*) OVER (PARTITION BY child) AS of
		FROM told WHERE metric = 'spawn_ns' AND workload = 'spawn' AND rss_bytes = 0
		ORDER BY child, k)
	WHERE NOT EXISTS (SELECT * FROM blocked) AND NOT EXISTS (SELECT * FROM reaped)
	GROUP BY child)
SELECT says FROM (
	SELECT 1 AS part, backing_place AS at, says FROM sizes
	UNION ALL SELECT 2, at, says FROM spawns
	UNION ALL SELECT 3, at, says FROM waits
	UNION ALL SELECT 4, 0, says FROM faults
	UNION ALL SELECT 5, 0, says FROM alone
	UNION ALL SELECT 6, 0, says FROM late)
WHERE says IS NOT NULL ORDER BY part, at;
