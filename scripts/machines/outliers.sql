-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Points at which a machine is an outlier
-- needs: four machines of equal hardware and state
-- note: By the mean of the other machines of its group that are no outliers; with the interval of 95 % of its own. Which ones are outliers is decided for all lines together at 99 %: man forkmeter-outliers, doc/statistics.
SELECT line.verdict, line.host, line.peers AS "group", measured.point, line.metric,
	iif(line.unit = 'ns', line.median / 1e3, line.median) AS median,
	iif(line.unit = 'ns', line.others / 1e3, line.others) AS others,
	iif(line.unit = 'ns', 'µs', line.unit) AS unit,
	100 * (line.ratio - 1) AS "more %", 100 * (line.ratio_lo - 1) AS "more % lo",
	100 * (line.ratio_hi - 1) AS "more % hi", line.machines AS "other machines"
FROM outliers AS line JOIN measured USING (workload, metric)
WHERE line.over = 'point' AND line.verdict IN ('slower', 'faster')
	AND line.strategy IS measured.strategy AND line.backing IS measured.backing
	AND line.rss_bytes IS measured.rss_bytes AND line.child IS measured.child
	AND line.parameters IS measured.parameters
ORDER BY line.verdict = 'faster', abs(ln(line.ratio)) DESC;
