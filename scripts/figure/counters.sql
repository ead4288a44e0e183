-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 15
-- title: Counters by the operation
-- needs: counters, which forkmeter run counts where the machine has them
WITH metrics AS (
	SELECT metric, row_number() OVER (ORDER BY count(*) DESC, min(point), metric) AS nth
	FROM counter GROUP BY metric),
place AS (SELECT what, row_number() OVER (ORDER BY min(point)) AS y FROM counter
	GROUP BY what)
SELECT y, what AS label, nth AS n, metric || coalesce(' ' || nullif(unit, ''), '') AS metric,
	median AS amount, lo, hi, (SELECT count(*) FROM metrics) AS metrics,
	(SELECT count(*) FROM place) AS points
FROM counter JOIN metrics USING (metric) JOIN place USING (what)
WHERE nth <= 6 AND y <= 24 ORDER BY y, nth;
