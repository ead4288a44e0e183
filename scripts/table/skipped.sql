-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 14
-- title: What was skipped, or failed
-- needs: a plan
WITH lost(point, what, told) AS (
	SELECT point, 'not planned', reason FROM plan WHERE status <> 'measure'
	UNION ALL
	SELECT point, 'block ' || status || ' (' || count(*) || ' of ' ||
		(SELECT count(*) FROM blocks AS b WHERE b.point = blocks.point) ||
		')', reason
	FROM blocks WHERE status <> 'ok' GROUP BY point, status, reason
	UNION ALL
	SELECT point, CASE WHEN verdict LIKE 'broken%' THEN 'point broken, left out'
		ELSE 'samples left out' END,
		failed || ' of ' || (n + failed) || ' samples failed their proof'
	FROM summary WHERE failed > 0 OR verdict LIKE 'broken%'
	UNION ALL
	SELECT point, 'never measured', 'the run ended before' FROM plan
	WHERE status = 'measure' AND point NOT IN (SELECT point FROM blocks))
SELECT count(DISTINCT point) AS points,
	replace(group_concat(DISTINCT workload), ',', ', ') AS workload,
	replace(group_concat(DISTINCT strategy), ',', ', ') AS strategy,
	replace(group_concat(DISTINCT child), ',', ', ') AS child,
	replace(group_concat(DISTINCT backing), ',', ', ') AS backing,
	group_concat(DISTINCT CASE
		WHEN rss_bytes = 0 THEN '0'
		WHEN rss_bytes >= 1 << 30 THEN printf('%.4g GiB', rss_bytes / 1073741824.0)
		WHEN rss_bytes >= 1 << 20 THEN printf('%.4g MiB', rss_bytes / 1048576.0)
		ELSE printf('%.4g KiB', rss_bytes / 1024.0) END) AS memory,
	replace(group_concat(DISTINCT parameters), ',', ', ') AS parameters,
	what AS "what happened", why AS reason
FROM (SELECT *, CASE
		WHEN instr(told, strategy || ' ') = 1
			THEN 'it' || substr(told, length(strategy) + 1)
		WHEN instr(told, threads || ' threads') = 1
			THEN 'so many' || substr(told, length(threads) + 1)
		ELSE coalesce(replace(told, 'multiple of ' || page,
			'multiple of its page'), told)
		END AS why
	FROM lost JOIN plan USING (point) ORDER BY point)
GROUP BY what, why
ORDER BY min(point);
