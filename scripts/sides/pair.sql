-- SPDX-License-Identifier: GPL-3.0-or-later
-- The lines of two runs that are of the same point: the second's median by the
-- first's, with an interval made of the two, their half widths in logarithms added
-- as squares. The verdicts that are corrected for many comparisons are those of
-- forkmeter compare.
CREATE TEMP TABLE pair AS
WITH both AS (
	SELECT one.point, one.kind || coalesce(' + ' || one.child, '') ||
			iif(one.backing = 'none', '', ', ' || one.backing || ' (' || one.size || ')')
			|| iif(one.metric IN ('op_ns', one.workload || '_ns'), '',
				', ' || one.metric) AS label,
		one.metric, one.unit, iif(one.unit = 'ns', one.time, printf('%.4g', one.median)) AS one,
		iif(one.unit = 'ns', other.time, printf('%.4g', other.median)) AS other,
		ln(other.median / one.median) AS d,
		CASE WHEN one.median_lo > 0 AND other.median_lo > 0 THEN sqrt(
			pow(ln(one.median_hi / one.median_lo) / 2, 2) +
			pow(ln(other.median_hi / other.median_lo) / 2, 2)) END AS half
	FROM main.told AS one JOIN other.told AS other
		ON one.workload = other.workload AND one.strategy IS other.strategy
		AND one.backing = other.backing AND one.rss_bytes = other.rss_bytes
		AND one.child IS other.child AND one.parameters IS other.parameters
		AND one.metric = other.metric)
SELECT *, exp(d) AS ratio, exp(d - half) AS lo, exp(d + half) AS hi,
	coalesce(abs(d) > half, 0) AS apart FROM both;
