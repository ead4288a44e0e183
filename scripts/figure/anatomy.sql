-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 3
-- title: Anatomy of a process creation: from the call to the child reaped
-- needs: points of start and wait of one strategy, with the backing none, whose child does exit or exec
WITH bar AS (
	SELECT *, dense_rank() OVER (ORDER BY position, child = 'exec') AS y,
		max(until) OVER (PARTITION BY strategy, child) AS whole,
		max(coalesce(hi, until)) OVER (PARTITION BY strategy, child) AS whole_hi
	FROM anatomy WHERE child IN ('exit', 'exec')),
-- The axis ends where bars do that are no more than four times the middle one.
middle AS (
	SELECT 4 * whole AS edge FROM (SELECT DISTINCT y, whole FROM bar)
	ORDER BY whole LIMIT 1 OFFSET (SELECT coalesce(max(y) / 2, 0) FROM bar))
SELECT y, label || ' + ' || child AS label, part, "from", until,
	coalesce(lo, until) AS lo, coalesce(hi, until) AS hi, returned, late,
	max(max(iif(whole <= edge, whole_hi, 0)) OVER (),
		max(iif(whole <= edge AND returned <= edge, returned, 0)) OVER ()) AS edge,
	whole
FROM bar, middle ORDER BY y, part;
