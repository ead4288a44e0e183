-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 2
-- title: Anatomy of a process creation: what lies between its events
-- needs: points of start and wait of one strategy, with the backing none, whose child does exit or exec
-- note: Differences of medians that points of their own measure, from the call on; their ends are in the table of medians. The call: where it returns before the child runs. exec: of a child that exits none. The whole: to the child reaped.
SELECT label AS strategy, child,
	max((until - "from") / 1e3) FILTER (WHERE part = 1) AS "the call µs",
	max((until - "from") / 1e3) FILTER (WHERE part = 2) AS "until the child runs µs",
	max((until - "from") / 1e3) FILTER (WHERE part = 3) AS "exec µs",
	max((until - "from") / 1e3) FILTER (WHERE part = 4) AS "end and reaping µs",
	max(until / 1e3) AS "the whole µs", max(lo / 1e3) FILTER (WHERE part = 4) AS "the whole µs lo",
	max(hi / 1e3) FILTER (WHERE part = 4) AS "the whole µs hi"
FROM anatomy GROUP BY position, strategy, child
ORDER BY child = 'exit' DESC, child, position;
