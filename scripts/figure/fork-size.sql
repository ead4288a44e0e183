-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 4
-- title: How long the caller is blocked, by the memory it holds
-- needs: points of spawn at two sizes or more, with a backing that holds memory
WITH child_place AS (
	SELECT child AS of_child, dense_rank() OVER (ORDER BY min(point)) AS panel
	FROM growing GROUP BY child),
place AS (
	SELECT backing AS of_backing, dense_rank() OVER (ORDER BY min(point)) AS dash
	FROM growing GROUP BY backing)
SELECT dense_rank() OVER (ORDER BY position, dash) AS series, panel, child,
	label || ', ' || backing AS label, rss_bytes,
	median AS ns, lo, hi, colour,
	shape - (dash + 1) % 2 AS shape, dash,
	coalesce(returns_late, 0) AS late
FROM growing JOIN child_place ON of_child = child JOIN place ON of_backing = backing
ORDER BY panel, series, rss_bytes;
