-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 2
-- title: Making a process, with no memory but the program's own
-- needs: points of spawn, start or wait with the backing none, whose child does exit or exec
WITH shown AS (
	SELECT *, dense_rank() OVER (ORDER BY child = 'exec') AS panel
	FROM told WHERE rss_bytes = 0 AND parameters IS NULL
		AND workload IN ('spawn', 'start', 'wait')
		AND metric = workload || '_ns' AND child IN ('exit', 'exec'))
SELECT dense_rank() OVER (ORDER BY position) AS y, panel, child, label,
	workload, median AS ns, lo, hi, colour,
	coalesce(returns_late, 0) AS late
FROM shown ORDER BY y, point;
