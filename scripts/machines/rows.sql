-- SPDX-License-Identifier: GPL-3.0-or-later
-- Rows of figure/machines.gp: one point of all machines. The number of the chief
-- point, of views.sql, is in the table asked. gnuplot ends text at a straight
-- quote.
SELECT row_number() OVER (ORDER BY place.y) AS y,
	replace(place.host, '"', '”') || iif((SELECT count(DISTINCT kernel) FROM team) > 1,
		', ' || coalesce(place.kernel, 'kernel not told'), '') ||
		iif(place.namesakes > 1, ' (group ' || place.peers || ')', '') AS label,
	replace(place.host, '"', '”') AS host, place.kernel, place.state, place.host_id,
	place.peers, replace(legend, '"', '”') AS legend,
	colour, shape, chief.point, line.metric, line.median,
	coalesce(line.median_lo, line.median) AS lo,
	coalesce(line.median_hi, line.median) AS hi,
	iif(line.verdict IN ('slower', 'faster'), line.verdict,
		iif(place.verdict IN ('slower', 'faster'), place.verdict || ' as a whole', '')) AS outlier,
	coalesce(line.ratio, 1) AS ratio
FROM asked JOIN chief USING (chief) JOIN outliers AS line
	ON line.over = 'point' AND line.workload = chief.workload
	AND line.strategy IS chief.strategy AND line.backing IS chief.backing
	AND line.rss_bytes IS chief.rss_bytes AND line.child IS chief.child
	AND line.parameters IS chief.parameters AND line.metric = chief.metric
JOIN place USING (run) JOIN called ON called.peers = place.peers
WHERE line.median > 0 ORDER BY y;
