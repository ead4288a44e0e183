-- SPDX-License-Identifier: GPL-3.0-or-later
-- The two lines under a figure's title: where the numbers come from.
WITH m AS (SELECT
	max(value) FILTER (WHERE key = 'cpu_model') AS cpu,
	max(value) FILTER (WHERE key = 'host') AS host,
	max(value) FILTER (WHERE key = 'kernel') AS kernel,
	max(value) FILTER (WHERE key = 'thp_enabled') AS thp,
	max(value) FILTER (WHERE key = 'virtual_machine') AS virtual,
	max(value) FILTER (WHERE key = 'emulator') AS emulator,
	max(value) FILTER (WHERE key = 'run') AS run FROM machine),
lines(k, says) AS (
	SELECT 1, coalesce(cpu, 'processor not told') ||
		CASE WHEN emulator IS NOT NULL THEN ', emulated by ' || emulator
			WHEN virtual = 'yes' THEN ', virtual machine' ELSE '' END ||
		'; Linux ' || coalesce(kernel, 'not told') FROM m
	UNION ALL
	SELECT 2, 'Transparent huge pages: ' || CASE WHEN instr(thp, '[')
		THEN substr(thp, instr(thp, '[') + 1, instr(thp, ']') - instr(thp, '[') - 1)
		ELSE coalesce(thp, 'not told') END ||
		'; host ' || coalesce(host, 'not told') || '; run ' || run FROM m)
SELECT says
FROM lines ORDER BY k;
