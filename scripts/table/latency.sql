-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 1
-- title: Making a process, with no memory but the program's own
-- needs: points of spawn, start or wait with the backing none
-- note: † returns only after the child's exec or exit, so its spawn holds the child's work as well.
SELECT label AS strategy, child,
	max(us) FILTER (WHERE workload = 'spawn') AS "spawn µs",
	max(us_interval) FILTER (WHERE workload = 'spawn') AS "spawn 95 %",
	max(us) FILTER (WHERE workload = 'start') AS "start µs",
	max(us_interval) FILTER (WHERE workload = 'start') AS "start 95 %",
	max(us) FILTER (WHERE workload = 'wait') AS "wait µs",
	max(us_interval) FILTER (WHERE workload = 'wait') AS "wait 95 %"
FROM told
WHERE rss_bytes = 0 AND workload IN ('spawn', 'start', 'wait')
	AND metric = workload || '_ns'
GROUP BY child, strategy
ORDER BY min(min(point)) OVER (PARTITION BY child), position;
