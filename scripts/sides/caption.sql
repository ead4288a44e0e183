-- SPDX-License-Identifier: GPL-3.0-or-later
-- Two lines: what each run was measured on.
WITH of(side, key, value) AS (SELECT 1, key, value FROM main.machine
	UNION ALL SELECT 2, key, value FROM other.machine)
SELECT coalesce(max(value) FILTER (WHERE key = 'cpu_model'), 'processor not told') ||
	'; Linux ' || coalesce(max(value) FILTER (WHERE key = 'kernel'), 'not told') ||
	'; THP ' || coalesce(max(substr(value, instr(value, '[') + 1,
		instr(value, ']') - instr(value, '[') - 1)) FILTER (WHERE key = 'thp_enabled'),
		'not told') || '; run ' || max(value) FILTER (WHERE key = 'run')
FROM of GROUP BY side ORDER BY side;
