-- SPDX-License-Identifier: GPL-3.0-or-later
-- Said under the table of the same name.
SELECT printf('A read of the clock costs %d ns', cost) ||
	iif(step IS NULL, '', printf(', and tells apart %d ns at the least', step)) || '.'
FROM (SELECT max(value) FILTER (WHERE key = 'clock_cost_ns') AS cost,
		max(value) FILTER (WHERE key = 'clock_step_ns') AS step FROM machine)
WHERE cost IS NOT NULL;

SELECT printf('The harness takes over 1 %% of a sample at %d of %d points', sum(floor_share > 0.01), count(*)) ||
	(SELECT printf('; most, %.2g %%, at %s', 100 * floor_share, kind || coalesce(', ' || child, '') || ', ' || backing)
		FROM told WHERE workload <> 'null' AND floor_share IS NOT NULL
		ORDER BY floor_share DESC, point LIMIT 1) || '.'
FROM told WHERE workload <> 'null' AND floor_share IS NOT NULL HAVING count(*) > 0;
