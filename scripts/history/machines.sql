-- SPDX-License-Identifier: GPL-3.0-or-later
-- The machines, a row each.
WITH judged AS (
	SELECT no, sum(is_wanted AND values_n >= 6) AS n FROM line GROUP BY no),
counts AS (
	SELECT no, sum(is_news AND verdict = 'slower' AND reason IS NULL) AS worse,
		sum(is_news AND verdict = 'faster' AND reason IS NULL) AS better,
		sum(NOT is_news AND verdict = 'slower' AND reason IS NULL) AS open,
		sum(reason IS NOT NULL) AS accepted
	FROM moved GROUP BY no)
SELECT node.name AS machine, '#machine-' || no AS "machine href",
	coalesce(worse, 0) AS "new worse", nullif(better, 0) AS "new better",
	nullif(open, 0) AS "open worse", nullif(accepted, 0) AS accepted,
	coalesce(n, 0) AS "series judged", nullif(run.broken, 0) AS "broken lines",
	strftime('%Y-%m-%d %H:%M', newest_at, 'unixepoch') AS "newest run, UTC",
	printf('%.1f', (now - newest_at) / 86400.0) AS "days ago",
	became AS "its last night", runs, kernel, substr(node.host_id, 1, 16) AS hardware,
	CASE WHEN NOT is_current THEN 'earlier hardware of this name' END AS note
FROM clock, node JOIN run ON run.run = newest_run
LEFT JOIN judged USING (no) LEFT JOIN counts USING (no)
LEFT JOIN night ON night.host = node.host AND is_current
ORDER BY coalesce(worse, 0) = 0, newest_at > now - 3600 * hours, coalesce(open, 0) = 0,
	no;
