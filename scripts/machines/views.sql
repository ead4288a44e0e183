-- SPDX-License-Identifier: GPL-3.0-or-later
-- What figure, tables and sentences of many machines share. There already: outliers,
-- the lines of `forkmeter outliers --format tsv`, given, of each run its path as it
-- was named and as outliers calls it, and across, what may differ, or no row.

CREATE TABLE fact AS
SELECT run, key, value FROM (SELECT DISTINCT run FROM outliers),
	json_each(readfile(run || '/machine.json'));
CREATE INDEX fact_of ON fact(run, key);

-- A machine's row: by hardware, group (hardware and state) and name.
CREATE TABLE place AS
WITH whole AS (SELECT rowid AS nth, * FROM outliers WHERE over = 'machine'),
hardware AS (
	SELECT run, coalesce(max(iif(key = 'cpu_model', value, NULL)), 'processor not told') ||
		coalesce(', ' || max(iif(key = 'cpus_configured', value, NULL)) || ' processors', '') ||
		coalesce(', ' || max(iif(key = 'memory_gib', value, NULL)) || ' GiB', '') ||
		iif(max(key = 'virtual_machine' AND value = 'yes'), ', virtual', '') ||
		coalesce(', emulated by ' || max(iif(key = 'emulator', value, NULL)), '') AS hardware
	FROM fact GROUP BY run)
SELECT row_number() OVER (ORDER BY hardware, peers, nth) AS y, hardware, whole.*,
	count(*) OVER (PARTITION BY peers) AS size,
	count(*) OVER (PARTITION BY host, kernel) AS namesakes
FROM whole JOIN hardware USING (run);

-- Groups, and in what they differ: of the facts of hardware and state those that
-- are not the same of all groups, without what only says which machine it is.
CREATE TABLE team AS
SELECT peers, min(run) AS run, count(*) AS machines, min(hardware) AS hardware,
	min(kernel) AS kernel, count(DISTINCT kernel) AS kernels
FROM (SELECT * FROM place ORDER BY y) GROUP BY peers;

CREATE TABLE differs AS
WITH listed(words) AS (SELECT ' settings ' || group_concat(value, ' ') || ' ' FROM fact
	WHERE key IN ('host_keys', 'state_keys') AND run IN (SELECT run FROM team)),
keyed AS (SELECT DISTINCT key FROM fact, listed WHERE instr(words, ' ' || key || ' ')
	AND key NOT IN ('machine_id_digest', 'kernel', 'kernel_version', 'cpu_model',
		'cpus_configured', 'memory_gib')),
valued AS (SELECT peers, keyed.key, coalesce(nullif(value, ''), 'none') AS value
	FROM team, keyed LEFT JOIN fact ON fact.run = team.run AND fact.key = keyed.key),
apart AS (SELECT key FROM valued GROUP BY key HAVING count(DISTINCT value) > 1)
SELECT peers, key, value,
	-- Where nothing else differs, what it was booted with is told.
	key = 'kernel_command_line' AS minor
FROM valued WHERE key IN (SELECT key FROM apart);
DELETE FROM differs WHERE minor AND (EXISTS (SELECT * FROM differs WHERE NOT minor)
	OR (SELECT count(DISTINCT kernel || hardware) FROM team) > 1);

-- Up to two of them name a group in a legend.
CREATE TABLE called AS
SELECT peers, 'group ' || peers ||
	iif((SELECT count(DISTINCT kernel) FROM team) > 1, ': Linux ' || kernel, '') ||
	coalesce((SELECT group_concat(', ' || key || ' ' || substr(value, 1, 20), '') FROM (
		SELECT key, value FROM differs WHERE differs.peers = team.peers
		ORDER BY key LIMIT 2)), '') AS legend,
	CASE (peers - 1) % 5 WHEN 0 THEN 0x0072B2 WHEN 1 THEN 0xD55E00
		WHEN 2 THEN 0x009E73 WHEN 3 THEN 0xCC79A7 ELSE 0 END AS colour,
	CASE (peers - 1) % 6 WHEN 0 THEN 7 WHEN 1 THEN 5 WHEN 2 THEN 9 WHEN 3 THEN 13
		WHEN 4 THEN 11 ELSE 15 END AS shape
FROM team;

-- The points of which there is a figure: of spawn, wait, cow and zero_fill, then
-- of the other workloads, and of fork, vfork and posix_spawn each, the one that
-- most machines have; of several those with default parameters, anon memory and
-- the largest size. Eight at most.
CREATE TABLE measured AS
SELECT workload, strategy, backing, rss_bytes, child, parameters, metric,
	min(outliers.rowid) AS nth, count(*) AS machines, max(verdict IN ('slower', 'faster')) AS outlying,
	workload || coalesce(' after ' || strategy, '') || coalesce(' + ' || child, '') ||
		iif(backing = 'none' OR backing IS NULL, '', ', ' || backing || ' (' ||
			CASE WHEN rss_bytes >= 1 << 30 THEN printf('%.4g GiB', rss_bytes / 1073741824.0)
			WHEN rss_bytes >= 1 << 20 THEN printf('%.4g MiB', rss_bytes / 1048576.0)
			ELSE printf('%.4g KiB', rss_bytes / 1024.0) END || ')') ||
		coalesce(', ' || replace(parameters, ',', ', '), '') ||
		iif(metric IN ('op_ns', workload || '_ns'), '', ', ' || metric) AS point
FROM outliers WHERE over = 'point' AND median > 0
GROUP BY workload, strategy, backing, rss_bytes, child, parameters, metric;
CREATE TABLE chief AS
WITH ours AS (
	SELECT *, row_number() OVER (PARTITION BY workload, strategy, metric
		ORDER BY machines DESC, parameters IS NOT NULL, backing = 'anon' DESC,
			rss_bytes DESC, child = 'exit' DESC, nth) AS best,
		CASE workload WHEN 'spawn' THEN 1 WHEN 'wait' THEN 2 WHEN 'cow' THEN 3
			WHEN 'zero_fill' THEN 4 ELSE 5 END AS first,
		CASE strategy WHEN 'fork' THEN 1 WHEN 'vfork' THEN 2 WHEN 'posix_spawn' THEN 3
			ELSE iif(strategy IS NULL, 1, 4) END AS known
	FROM measured WHERE metric IN ('op_ns', workload || '_ns'))
SELECT row_number() OVER (ORDER BY min(known, 4) = 4, first, known, nth) AS chief, ours.*
FROM ours WHERE best = 1 ORDER BY 1 LIMIT 8;
