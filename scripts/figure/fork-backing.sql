-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 6
-- title: How long the caller is blocked, by the kind of its memory
-- needs: points of spawn of one size with three backings or more
WITH plain AS (SELECT * FROM sized
	WHERE workload = 'spawn' AND parameters IS NULL),
one AS (
	SELECT strategy, child, rss_bytes FROM plain
	GROUP BY strategy, child, rss_bytes HAVING count(*) > 2
	ORDER BY count(*) DESC, rss_bytes DESC, min(point) LIMIT 1)
SELECT row_number() OVER (ORDER BY median) AS y, backing AS label,
	median AS ns, lo, hi, time AS says, colour, shape,
	plain.label || ' of a caller with ' || size || ', child: ' || child AS what,
	coalesce(returns_late, 0) AS late
FROM plain JOIN one USING (strategy, child, rss_bytes) ORDER BY y;
