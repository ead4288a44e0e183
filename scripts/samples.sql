-- SPDX-License-Identifier: GPL-3.0-or-later
-- How the samples of each point and metric are spread, for page.js: bins of a
-- fortieth of a decade (bin, samples, bin, samples ...), and up to 240 medians of
-- blocks in the order of time, evenly picked where there are more.
WITH median AS (
	SELECT point, metric, median, row_number() OVER each AS nth,
		count(*) OVER (PARTITION BY point, metric) AS of
	FROM quantiles WINDOW each AS (PARTITION BY point, metric ORDER BY block)),
medians AS (
	SELECT point, metric, max(of) AS of, json_group_array(round(median, 1)) AS list
	FROM (SELECT * FROM median WHERE of <= 240 OR
		nth * 240 / of > (nth - 1) * 240 / of ORDER BY point, metric, nth)
	GROUP BY point, metric),
spread AS (
	SELECT point, metric, group_concat(bin || ',' || samples) AS list
	FROM (SELECT * FROM bins ORDER BY point, metric, bin) GROUP BY point, metric)
SELECT coalesce(json_group_object(point || ' ' || metric, json_object('blocks', of,
	'medians', json(coalesce(medians.list, '[]')),
	'bins', json('[' || coalesce(spread.list, '') || ']'))), '{}')
FROM told LEFT JOIN medians USING (point, metric) LEFT JOIN spread
	USING (point, metric);
