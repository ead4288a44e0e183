-- SPDX-License-Identifier: GPL-3.0-or-later
-- The newest runs of each machine, where their folders are.
WITH newest AS (
	SELECT node.no, name, run.*, row_number() OVER (PARTITION BY no
		ORDER BY at DESC, run DESC) AS back
	FROM node JOIN run USING (host, host_id))
SELECT name AS machine, started AS "began, UTC", kernel, points AS lines, broken,
	replace(replace(path, char(10), ' '), char(9), ' ') AS folder,
	linked.href AS "folder href", iif(report <> '', 'report', NULL) AS report,
	report AS "report href"
FROM newest JOIN linked USING (run) WHERE back <= 7 ORDER BY no, back;
