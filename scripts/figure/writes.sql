-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 12
-- title: The life of a child, by the share of pages that it writes
-- needs: points of wait whose child does touch:PERCENT, for two shares or more
WITH one AS (
	SELECT backing, rss_bytes FROM part WHERE workload = 'wait'
	GROUP BY backing, rss_bytes HAVING count(DISTINCT percent) > 1
	ORDER BY count(*) DESC, rss_bytes DESC LIMIT 1)
SELECT dense_rank() OVER (ORDER BY position) AS series, label, percent,
	ns, coalesce(ns_lo, ns) AS lo, coalesce(ns_hi, ns) AS hi, colour, shape,
	'a caller with ' || size || ' of ' || backing AS what,
	coalesce(returns_late, 0) AS late
FROM part JOIN one USING (backing, rss_bytes)
WHERE workload = 'wait' AND rest IS NULL
UNION ALL
SELECT 0, printf('%.0f %%', at_percent), at_percent, at_ns, at_ns, at_ns, 0,
	row_number() OVER (ORDER BY at_percent), '', 0
FROM crossing JOIN one USING (backing, rss_bytes)
ORDER BY series, percent;
