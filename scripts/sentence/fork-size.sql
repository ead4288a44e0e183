-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the same name shows, a row a series: from end to end.
SELECT most.label || ' on ' || most.backing ||
	iif((SELECT count(DISTINCT child) FROM growing) > 1,
		', child ' || most.child, '') || ': ' ||
	least.time || ' at ' || least.size || ', ' || most.time || ' at ' || most.size ||
		'; ' || rtrim(printf('%#.3g', most.median / least.median), '.') ||
		' times the time for ' || printf('%.4g', 1.0 * most.rss_bytes / least.rss_bytes) ||
		' times the memory.'
FROM growing AS most JOIN growing AS least USING (strategy, child, backing)
WHERE most.rss_bytes = most.most_rss AND least.nth = 1
ORDER BY least.point;
