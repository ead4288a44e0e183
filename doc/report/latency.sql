-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Making a process, with no memory but the program's own
-- needs: points of spawn, start or wait with the backing none
-- note: spawn: the call returned; start: the child, or the new program, runs; wait: the child is reaped. †: returns only after work of the child, which its spawn therefore holds as well.
SELECT label AS strategy, child,
	max(median / 1e3) FILTER (WHERE workload = 'spawn') AS "spawn µs",
	max(median_lo / 1e3) FILTER (WHERE workload = 'spawn') AS "spawn µs lo",
	max(median_hi / 1e3) FILTER (WHERE workload = 'spawn') AS "spawn µs hi",
	max(median / 1e3) FILTER (WHERE workload = 'start') AS "start µs",
	max(median_lo / 1e3) FILTER (WHERE workload = 'start') AS "start µs lo",
	max(median_hi / 1e3) FILTER (WHERE workload = 'start') AS "start µs hi",
	max(median / 1e3) FILTER (WHERE workload = 'wait') AS "wait µs",
	max(median_lo / 1e3) FILTER (WHERE workload = 'wait') AS "wait µs lo",
	max(median_hi / 1e3) FILTER (WHERE workload = 'wait') AS "wait µs hi"
FROM told
WHERE rss_bytes = 0 AND parameters IS NULL AND metric = workload || '_ns'
	AND workload IN ('spawn', 'start', 'wait') AND child IN ('exit', 'exec')
GROUP BY child, strategy ORDER BY child DESC, position;
