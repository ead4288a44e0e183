-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 3
-- title: Fork against page tables: the straight line
-- needs: points of spawn at three sizes or more, of a strategy that returns at once
-- note: A line a round through the block medians, weighted by the inverse square of their time; the mean of the rounds' lines, with Student's interval over rounds. start: where the line meets a parent without page tables. misses: the largest distance of the line from a point, by that point.
SELECT label AS strategy, child, backing, count(*) AS sizes, rounds,
	slope AS "ns by page-table page", slope_lo AS "ns by page-table page lo",
	slope_hi AS "ns by page-table page hi", start / 1e3 AS "start µs",
	100 * max(abs(miss)) AS "misses %"
FROM fitted GROUP BY position, strategy, child, backing
ORDER BY position, child <> 'exit', min(point);
