-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the model of the kernel counts, beside what was counted: a sample's
-- faults; and the base pages that a child's writes copied or cleared, which were
-- its alone after them.
CREATE VIEW counted AS
SELECT told.point, 1 AS kind, 'faults of a sample' AS what, told.kind || ', ' ||
		told.backing || ', ' || size AS label,
	model_faults AS model, minflt AS measured
FROM told JOIN plan USING (point)
WHERE metric = 'op_ns' AND told.workload <> 'null' AND model_faults IS NOT NULL
	AND minflt IS NOT NULL
UNION ALL
SELECT told.point, 2, 'pages copied or cleared', told.kind || ', ' || told.backing ||
		', ' || size,
	model_copied + model_zeroed, (SELECT private_pages FROM blocks
		WHERE blocks.point = told.point AND status = 'ok'
			AND private_pages IS NOT NULL
		GROUP BY private_pages ORDER BY count(*) DESC, private_pages LIMIT 1) AS seen
FROM told JOIN plan USING (point)
WHERE metric = 'op_ns' AND told.workload = 'cow' AND told.strategy = 'fork'
	AND coalesce(told.writer, 'child') = 'child' AND model_copied IS NOT NULL
	AND seen IS NOT NULL;
