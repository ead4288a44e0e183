-- SPDX-License-Identifier: GPL-3.0-or-later
-- One process creation taken apart, with no memory but the program's own: the
-- four events that points of their own measure, and what lies between them.
-- began: the child's first instruction, of the same strategy with a child that
-- exits, for an exec comes after it. well: they come in this order.
CREATE VIEW creation AS
WITH timed AS (
	SELECT * FROM told
	WHERE rss_bytes = 0 AND parameters IS NULL AND metric = workload || '_ns'
		AND (child = 'exit' OR child LIKE 'exec%'))
SELECT w.strategy, w.position, w.label, w.child, coalesce(w.returns_late, 0) AS late,
	s.median AS returned, b.median AS began, b.lo AS began_lo, b.hi AS began_hi,
	r.median AS ran, r.lo AS ran_lo, r.hi AS ran_hi,
	w.median AS reaped, w.lo AS reaped_lo, w.hi AS reaped_hi, w.time,
	coalesce(b.median < coalesce(r.median, w.median), 1) AND
		coalesce(r.median < w.median, 1) AND
		coalesce(b.median, r.median) IS NOT NULL AS well
FROM timed AS w
LEFT JOIN timed AS s ON s.workload = 'spawn' AND s.strategy = w.strategy
	AND s.child = w.child
LEFT JOIN timed AS b ON b.workload = 'start' AND b.strategy = w.strategy
	AND b.child = 'exit'
LEFT JOIN timed AS r ON r.workload = 'start' AND r.strategy = w.strategy
	AND r.child = w.child AND w.child <> 'exit'
WHERE w.workload = 'wait' AND (w.child = 'exit' OR r.median IS NOT NULL);

-- part: 1 the call, where it returns before the child runs, 2 until the child
-- runs, 3 its exec (from the call on where it cannot but exec), 4 its end and
-- reaping.
CREATE VIEW anatomy AS
WITH well AS (SELECT *, NOT late AND returned < began AS first FROM creation
	WHERE well)
SELECT strategy, child, label, position, late, returned, 1 AS part,
	0 AS "from", returned AS until, NULL AS lo, NULL AS hi
FROM well WHERE first
UNION ALL
SELECT strategy, child, label, position, late, returned, 2,
	iif(first, returned, 0), began, began_lo, began_hi
FROM well WHERE began IS NOT NULL
UNION ALL
SELECT strategy, child, label, position, late, returned, 3, coalesce(began, 0),
	ran, ran_lo, ran_hi
FROM well WHERE ran IS NOT NULL
UNION ALL
SELECT strategy, child, label, position, late, returned, 4, coalesce(ran, began),
	reaped, reaped_lo, reaped_hi
FROM well;
