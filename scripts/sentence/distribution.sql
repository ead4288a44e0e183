-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the same name shows: who is widest, and the longest sample.
WITH wide AS (
	SELECT told.*, p75 / p25 AS spread, count(*) OVER () AS points
	FROM told WHERE rss_bytes = 0 AND parameters IS NULL
		AND workload IN ('spawn', 'start', 'wait') AND metric = workload || '_ns'
		AND child IN ('exit', 'exec') AND p25 > 0 AND n >= 20)
SELECT 'The middle half of samples spans from ' ||
	printf('%.3g', 100 * (least.spread - 1)) || ' % (' || least.workload || ' of ' ||
	least.label || ' + ' || least.child || ') to ' ||
	printf('%.3g', 100 * (most.spread - 1)) || ' % (' || most.workload || ' of ' ||
	most.label || ' + ' || most.child || ') of its lower end.'
FROM (SELECT * FROM wide ORDER BY spread, point LIMIT 1) AS least,
	(SELECT * FROM wide ORDER BY spread DESC, point DESC LIMIT 1) AS most
WHERE least.point <> most.point
UNION ALL
SELECT 'The longest sample of all took ' || printf('%.3g', max / 1e6) || ' ms (' ||
	workload || ' of ' || label || ' + ' || child || '), ' ||
	printf('%.15g', printf('%.3g', max / median)) || ' times the median there.'
FROM (SELECT * FROM wide ORDER BY max / median DESC LIMIT 1);
