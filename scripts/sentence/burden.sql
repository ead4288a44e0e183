-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the same name shows: the most of each thing.
SELECT thing || ', ' || label || ' + ' || child || ': ' || items || ' instead of ' ||
	least_items || ' make the call ' ||
	printf('%.15g', printf('%.3g', median / least_median)) || ' times as long' ||
	CASE WHEN more_error IS NULL THEN ''
		WHEN more_ns > more_error THEN printf(', %.15g %s by the item',
			printf('%.3g', each / iif(each < 1e3, 1, 1e3)),
			iif(each < 1e3, 'ns', 'µs'))
		ELSE ', which the intervals do not tell from nothing' END || '.'
FROM (SELECT *, more_ns / nullif(items - least_items, 0) AS each, max(items) OVER (PARTITION BY what, workload, strategy, child,
		backing, rss_bytes) AS most FROM burden WHERE workload = 'spawn')
WHERE items = most ORDER BY what, position, child;
