-- SPDX-License-Identifier: GPL-3.0-or-later
-- Said in place of the table of the same name where nothing stands in it.
SELECT 'nothing: each of ' || count(DISTINCT point) ||
	' points was measured, no block broke and no sample failed its proof.'
FROM plan WHERE NOT EXISTS (SELECT * FROM plan WHERE status <> 'measure')
	AND NOT EXISTS (SELECT * FROM blocks WHERE status <> 'ok')
	AND NOT EXISTS (SELECT * FROM summary WHERE failed > 0
		OR verdict LIKE 'broken%')
	AND NOT EXISTS (SELECT * FROM plan
		WHERE point NOT IN (SELECT point FROM blocks))
HAVING count(*) > 0;
