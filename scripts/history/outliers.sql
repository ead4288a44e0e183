-- SPDX-License-Identifier: GPL-3.0-or-later
-- Machines that deviate from those of equal hardware and state, as a whole and at
-- single points, by forkmeter outliers.
SELECT outliers.host AS machine, '#machine-' || node.no AS "machine href",
	outliers.verdict, iif(outliers.over = 'machine', 'all ' || points ||
		' points together', coalesce(label, outliers.workload)) AS point,
	100 * (ratio - 1) AS "by %", 100 * (ratio_lo - 1) AS "by % lo",
	100 * (ratio_hi - 1) AS "by % hi", outliers.machines AS "other machines",
	peers AS "group"
FROM outliers LEFT JOIN node USING (host, host_id)
LEFT JOIN line ON line.no = node.no AND line.metric = outliers.metric
	AND line.workload = outliers.workload
	AND line.strategy = coalesce(outliers.strategy, '')
	AND line.backing = coalesce(outliers.backing, '')
	AND line.child = coalesce(outliers.child, '')
	AND line.parameters = coalesce(outliers.parameters, '')
	AND coalesce(line.rss_bytes, -1) = coalesce(outliers.rss_bytes, -1)
	AND outliers.over = 'point' AND line.settings = ''
WHERE outliers.verdict IN ('slower', 'faster')
ORDER BY outliers.verdict = 'faster', outliers.over <> 'machine',
	abs(ln(ratio)) DESC, outliers.host;
