-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 1
-- title: Making a process, with no memory but the program's own
-- needs: points of spawn, start or wait with the backing none
WITH child_place AS (
	SELECT child AS of_child, dense_rank() OVER (ORDER BY min(point)) AS place
	FROM plan WHERE child IS NOT NULL GROUP BY child)
SELECT dense_rank() OVER (ORDER BY place, position) AS "row",
	dense_rank() OVER (ORDER BY place, position) + 0.7 * (place - 1) AS y,
	label || ' + ' || child AS label, workload,
	median / 1e3 AS us, lo / 1e3 AS lo, hi / 1e3 AS hi, colour,
	coalesce(returns_late, 0) AS late
FROM told JOIN child_place ON of_child = child
WHERE rss_bytes = 0 AND workload IN ('spawn', 'start', 'wait')
	AND metric = workload || '_ns'
ORDER BY y, point;
