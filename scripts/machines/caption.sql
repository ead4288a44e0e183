-- SPDX-License-Identifier: GPL-3.0-or-later
-- The two lines under a figure's title: what hardware, and in which state.
SELECT iif(count(DISTINCT hardware) = 1, min(hardware), count(DISTINCT hardware) ||
	' kinds of hardware, sorted by them: see the table of groups') FROM place;

WITH thp AS (SELECT DISTINCT substr(value, instr(value, '[') + 1,
	instr(value, ']') - instr(value, '[') - 1) AS value
	FROM fact WHERE key = 'thp_enabled')
SELECT iif(count(DISTINCT kernel) = 1, 'Linux ' || min(kernel),
		count(DISTINCT kernel) || ' kernels') || '; transparent huge pages: ' ||
	CASE (SELECT count(*) FROM thp) WHEN 0 THEN 'not told'
		WHEN 1 THEN (SELECT value FROM thp) ELSE 'not the same of all' END ||
	'; machines: ' || count(DISTINCT host || ' ' || host_id)
FROM place;
