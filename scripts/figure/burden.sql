-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 7
-- title: How long the caller is blocked, by what else it carries
-- needs: points of spawn with several numbers of descriptors, parked threads, atfork handlers, bystanders or mappings
SELECT dense_rank() OVER (ORDER BY what) AS panel,
	thing || iif(rss_bytes > 0, ' (' || size || ' of ' || backing || ')', '')
		AS thing,
	dense_rank() OVER (ORDER BY position, child) AS series,
	label || ' + ' || child AS label, items, median AS ns, lo, hi, colour, shape,
	coalesce(returns_late, 0) AS late
FROM burden WHERE workload = 'spawn'
ORDER BY panel, series, items;
