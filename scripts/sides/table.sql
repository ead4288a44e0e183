-- SPDX-License-Identifier: GPL-3.0-or-later
-- All points that both runs have.
SELECT label AS point, metric, one AS "run 1", other AS "the other",
	nullif(unit, 'ns') AS unit, printf('%.3f', ratio) AS ratio,
	iif(half IS NULL, NULL, printf('%.3f … %.3f', lo, hi)) AS "95 %",
	CASE WHEN half IS NULL THEN 'no interval' WHEN NOT apart THEN 'not told apart'
		WHEN d > 0 THEN 'more' ELSE 'less' END AS "than run 1"
FROM pair ORDER BY point, metric;
