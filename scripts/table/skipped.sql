-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 5
-- title: What was skipped, or failed
-- needs: nothing was: every point of the plan was measured, no block broke and no sample failed its proof
WITH lost(point, what, why) AS (
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
SELECT workload, strategy, child, writer, backing,
	group_concat(DISTINCT CASE
		WHEN rss_bytes = 0 THEN '0'
		WHEN rss_bytes >= 1 << 30 THEN printf('%.4g GiB', rss_bytes / 1073741824.0)
		WHEN rss_bytes >= 1 << 20 THEN printf('%.4g MiB', rss_bytes / 1048576.0)
		ELSE printf('%.4g KiB', rss_bytes / 1024.0) END) AS memory,
	what AS "what happened", why AS reason
FROM (SELECT * FROM lost JOIN plan USING (point) ORDER BY point)
GROUP BY workload, strategy, child, writer, backing, what, why
ORDER BY min(point);
