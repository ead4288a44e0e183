-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of the runs that the page links to, the folders: the newest of each machine, and
-- those around what moved.
WITH newest AS (
	SELECT run, path, row_number() OVER (PARTITION BY node.no ORDER BY at DESC,
		run DESC) AS back
	FROM node JOIN run USING (host, host_id))
SELECT run, path FROM newest WHERE back <= 7 AND instr(path, char(10)) = 0
ORDER BY run;
