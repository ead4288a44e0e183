-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 2
-- title: Making a process, with no memory but the program's own
-- needs: points of spawn, start, wait, teardown or exec with the backing none
-- note: † returns only after work of the child (its copy, exec or exit), which its spawn therefore holds as well. teardown: the child's last instruction to reaped. exec: the call of execve to the new program's first instruction; of wait: exec by the wait of the same strategy and child, each measured by points of its own.
SELECT label AS strategy, child,
	max(median / 1e3) FILTER (WHERE workload = 'spawn') AS "spawn µs",
	max(median_lo / 1e3) FILTER (WHERE workload = 'spawn') AS "spawn µs lo",
	max(median_hi / 1e3) FILTER (WHERE workload = 'spawn') AS "spawn µs hi",
	max(median / 1e3) FILTER (WHERE workload = 'start') AS "start µs",
	max(median_lo / 1e3) FILTER (WHERE workload = 'start') AS "start µs lo",
	max(median_hi / 1e3) FILTER (WHERE workload = 'start') AS "start µs hi",
	max(median / 1e3) FILTER (WHERE workload = 'wait') AS "wait µs",
	max(median_lo / 1e3) FILTER (WHERE workload = 'wait') AS "wait µs lo",
	max(median_hi / 1e3) FILTER (WHERE workload = 'wait') AS "wait µs hi",
	max(median / 1e3) FILTER (WHERE workload = 'teardown') AS "teardown µs",
	max(median_lo / 1e3) FILTER (WHERE workload = 'teardown') AS "teardown µs lo",
	max(median_hi / 1e3) FILTER (WHERE workload = 'teardown') AS "teardown µs hi",
	max(median / 1e3) FILTER (WHERE workload = 'exec') AS "exec µs",
	max(median_lo / 1e3) FILTER (WHERE workload = 'exec') AS "exec µs lo",
	max(median_hi / 1e3) FILTER (WHERE workload = 'exec') AS "exec µs hi",
	iif(count(DISTINCT workload) FILTER (WHERE workload IN ('exec', 'wait')) < 2,
		NULL, 100 * max(median) FILTER (WHERE workload = 'exec') /
		max(median) FILTER (WHERE workload = 'wait')) AS "exec of wait %"
FROM told
WHERE rss_bytes = 0 AND parameters IS NULL AND metric = workload || '_ns'
GROUP BY child, strategy
ORDER BY min(min(point)) OVER (PARTITION BY child), position;
