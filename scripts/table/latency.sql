-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 2
-- title: Making a process, with no memory but the program's own
-- needs: points of spawn, start, wait, teardown or exec with the backing none
-- note: † returns only after work of the child (its copy, exec or exit), which its spawn therefore holds as well. teardown: the child's last instruction to reaped. exec: the call of execve to the new program's first instruction; of wait: exec by the wait of the same strategy and child, each measured by points of its own.
SELECT label AS strategy, child,
	max(us) FILTER (WHERE workload = 'spawn') AS "spawn µs",
	max(us_interval) FILTER (WHERE workload = 'spawn') AS "spawn 95 %",
	max(us) FILTER (WHERE workload = 'start') AS "start µs",
	max(us_interval) FILTER (WHERE workload = 'start') AS "start 95 %",
	max(us) FILTER (WHERE workload = 'wait') AS "wait µs",
	max(us_interval) FILTER (WHERE workload = 'wait') AS "wait 95 %",
	max(us) FILTER (WHERE workload = 'teardown') AS "teardown µs",
	max(us_interval) FILTER (WHERE workload = 'teardown') AS "teardown 95 %",
	max(us) FILTER (WHERE workload = 'exec') AS "exec µs",
	max(us_interval) FILTER (WHERE workload = 'exec') AS "exec 95 %",
	iif(count(DISTINCT workload) FILTER (WHERE workload IN ('exec', 'wait')) < 2,
		NULL, printf('%.3g', 100 * max(median) FILTER (WHERE workload = 'exec') /
		max(median) FILTER (WHERE workload = 'wait'))) AS "exec of wait %"
FROM told
WHERE rss_bytes = 0 AND parameters IS NULL AND metric = workload || '_ns'
GROUP BY child, strategy
ORDER BY min(min(point)) OVER (PARTITION BY child), position;
