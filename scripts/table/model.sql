-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 10
-- title: The model against the measurement
-- needs: points whose faults the model counts
-- note: faults of a sample, and the base pages that a child's writes copied or cleared, which were its alone after them.
SELECT label AS what, max(model) FILTER (WHERE kind = 1) AS "faults, the model",
	max(measured) FILTER (WHERE kind = 1) AS "faults, measured",
	max(model) FILTER (WHERE kind = 2) AS "pages, the model",
	max(measured) FILTER (WHERE kind = 2) AS "pages, measured",
	CASE WHEN count(*) = count(*) FILTER (WHERE model = measured) THEN 'yes' ELSE 'no' END
		AS equal
FROM counted GROUP BY point, label ORDER BY equal, point;
