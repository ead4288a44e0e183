-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 12
-- title: Settings of the machine that were changed for blocks, and put back
-- needs: blocks that change any
-- note: Each file of the machine, below /sys/kernel/mm where no other folder is named, and what was written to it; += is what was added to the number that stood there, and a folder without a value was made.
WITH RECURSIVE one(point, block, setting, more) AS (
	SELECT point, block, NULL, settings || ' ' FROM blocks
	WHERE settings IS NOT NULL
	UNION ALL
	SELECT point, block, substr(more, 1, instr(more, ' ') - 1),
		substr(more, instr(more, ' ') + 1) FROM one WHERE more <> ''),
named AS (
	SELECT *, iif(at > 0, rtrim(substr(setting, 1, at - 1), '+'), setting) AS file,
		iif(at > 0, iif(substr(setting, at - 1, 1) = '+', '+=', '') ||
			substr(setting, at + 1), NULL) AS value
	FROM (SELECT *, instr(setting, '=') AS at FROM one WHERE setting <> ''))
SELECT file, replace(group_concat(DISTINCT value), ',', ', ') AS "values",
	count(DISTINCT block) AS "blocks", count(DISTINCT point) AS points,
	replace(group_concat(DISTINCT strategy), ',', ', ') AS strategies,
	replace(group_concat(DISTINCT backing), ',', ', ') AS backings
FROM named JOIN plan USING (point) GROUP BY file ORDER BY file;
