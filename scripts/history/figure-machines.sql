-- SPDX-License-Identifier: GPL-3.0-or-later
-- Rows of figure/machines.gp: the chief point whose place is asked for, of all
-- machines and kernels, at most 36 of them, those furthest from the median machine.
-- gnuplot takes a straight quote for the end of a name. Groups are of equal hardware and state, where forkmeter outliers tells them.
WITH judged AS (
	SELECT node.no, line.series, peers, verdict, ratio
	FROM outliers JOIN node USING (host, host_id) JOIN line ON line.no = node.no
		AND line.metric = outliers.metric AND line.workload = outliers.workload
		AND line.strategy = coalesce(outliers.strategy, '')
		AND line.backing = coalesce(outliers.backing, '')
		AND line.child = coalesce(outliers.child, '')
		AND line.parameters = coalesce(outliers.parameters, '')
		AND coalesce(line.rss_bytes, -1) = coalesce(outliers.rss_bytes, -1)
		AND line.settings = ''
	WHERE over = 'point'),
placed AS (
	SELECT stands.*, judged.verdict, judged.ratio, CASE WHEN nth > 1
			THEN (SELECT coalesce(max(peers), 1) + 1 FROM outliers)
			ELSE coalesce(judged.peers, 1) END AS peers,
		row_number() OVER (ORDER BY verdict IN ('slower', 'faster') DESC,
			abs(ln(by_middle)) DESC) AS far
	FROM asked JOIN stands ON stands.place = asked.no
	LEFT JOIN judged ON judged.series = stands.series AND nth = 1)
SELECT row_number() OVER (ORDER BY name, nth) AS y, replace(name || ', ' || kernel, '"',
		'”') AS label,
	peers, CASE WHEN nth > 1 THEN 'on an earlier kernel'
		WHEN EXISTS (SELECT * FROM outliers) THEN 'group ' || peers
		ELSE 'newest run' END AS legend,
	CASE (peers - 1) % 5 WHEN 0 THEN 0x0072B2 WHEN 1 THEN 0xD55E00 WHEN 2 THEN 0x009E73
		WHEN 3 THEN 0xCC79A7 ELSE 0 END AS colour,
	CASE (peers - 1) % 6 WHEN 0 THEN 7 WHEN 1 THEN 5 WHEN 2 THEN 9 WHEN 3 THEN 13
		WHEN 4 THEN 11 ELSE 15 END AS shape,
	median, coalesce(median_lo, median) AS lo, coalesce(median_hi, median) AS hi,
	iif(verdict IN ('slower', 'faster'), verdict, '') AS outlier,
	coalesce(ratio, by_middle) AS ratio
FROM placed WHERE far <= 36 ORDER BY 1;
