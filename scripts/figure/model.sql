-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 16
-- title: The model against what was measured
-- needs: points whose faults the model counts
WITH placed AS (
	SELECT kind, what, model, measured, count(*) AS points, model <> measured AS off,
		group_concat(label, '; ') AS labels
	FROM counted GROUP BY kind, model, measured)
SELECT kind, what, model, measured, points, off, iif(off, row_number() OVER
	(PARTITION BY off ORDER BY abs(ln(1.0 * max(measured, 0.5) / max(model, 0.5))) DESC), 0) AS nth,
	labels, (SELECT count(*) FROM counted) AS total,
	(SELECT count(*) FROM counted WHERE model = measured) AS agree
FROM placed ORDER BY kind, model, measured;
