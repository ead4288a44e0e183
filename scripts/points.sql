-- SPDX-License-Identifier: GPL-3.0-or-later
-- Every line of the summary, for the page's last table.
SELECT point, workload, strategy, backing, size AS memory, child, parameters,
	metric, CASE unit WHEN 'ns' THEN time ELSE printf('%.4g %s', median, unit) END
		AS median,
	CASE WHEN median_lo IS NULL THEN NULL WHEN unit = 'ns'
		THEN us_interval || ' µs'
		ELSE printf('%.4g … %.4g', median_lo, median_hi) END AS "95 %",
	n AS samples, "blocks", failed, disturbed, verdict
FROM told ORDER BY point, metric;
