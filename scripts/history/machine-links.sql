-- SPDX-License-Identifier: GPL-3.0-or-later
-- Where the picked machine's newest run is, and its report.
SELECT 'folder' AS folder, nullif(linked.href, '') AS "folder href",
	iif(report <> '', 'report', NULL) AS report, nullif(report, '') AS "report href"
FROM picked JOIN node USING (no) JOIN linked ON linked.run = newest_run
WHERE linked.href <> '';
