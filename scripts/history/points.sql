-- SPDX-License-Identifier: GPL-3.0-or-later
-- The picked machine's newest run, a row a series, beside the run before it and
-- the level. In the place of the series in "picture" its sparkline stands. What one
-- looks for comes first: on a telephone the rest is beyond the edge.
WITH newest AS (
	SELECT line.*, median, median_lo, median_hi, verdict, newest_at, newest_run,
		(SELECT median FROM value AS before WHERE before.series = line.series
			AND before.at < newest_at AND before.median > 0
			AND before.verdict <> 'broken' ORDER BY at DESC LIMIT 1) AS before
	FROM picked CROSS JOIN node USING (no) CROSS JOIN line USING (no)
	CROSS JOIN value ON value.series = line.series AND value.at = newest_at
		AND value.run = newest_run),
good AS (
	SELECT *, median > 0 AND verdict <> 'broken' AS is_good FROM newest)
SELECT workload, strategy, child, size AS memory, nullif(backing, 'none') AS backing,
	iif(is_good, printf('%+.1f', 0.0 + round(100 * (median / level - 1), 1)), NULL)
		AS "by level %",
	good.series AS picture,
	iif(is_above, 'above', 'below') || ' all ' || n AS "in its level",
	iif(is_good AND unit = 'ns', median / 1e3, NULL) AS "newest µs",
	iif(is_good AND unit = 'ns', median_lo / 1e3, NULL) AS "newest µs lo",
	iif(is_good AND unit = 'ns', median_hi / 1e3, NULL) AS "newest µs hi",
	iif(is_good AND unit <> 'ns', median, NULL) AS counted,
	iif(is_good AND unit <> 'ns', median_lo, NULL) AS "counted lo",
	iif(is_good AND unit <> 'ns', median_hi, NULL) AS "counted hi",
	iif(unit = 'ns', NULL, unit) AS unit,
	iif(is_good, printf('%+.1f', 0.0 + round(100 * (median / before - 1), 1)), NULL)
		AS "by last %",
	iif(measured IN ('op', workload), NULL, measured) AS metric, parameters, settings,
	iif(is_good, nullif(verdict, 'ok'), verdict) AS verdict
FROM good LEFT JOIN level USING (series)
	LEFT JOIN (SELECT series, is_above, nights AS n FROM outside) USING (series)
ORDER BY good.series;
