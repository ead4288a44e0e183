-- SPDX-License-Identifier: GPL-3.0-or-later
-- The names that this run uses, as the driver explains them.
SELECT iif(kind = 'parameter', substr(name, 7, length(name) - 7), name) || ': ' ||
	iif(kind = 'parameter', replace(replace(summary, ', ', ','), ',', ', '), summary)
FROM word
WHERE (kind = 'workload' AND name IN (SELECT workload FROM plan))
	OR (kind = 'strategy' AND name IN (SELECT strategy FROM plan))
	OR (kind = 'backing' AND name IN (SELECT backing FROM plan))
	OR (kind = 'child' AND EXISTS (SELECT * FROM plan
		WHERE child = name OR substr(child, 1, 6) || 'PERCENT' = name))
	OR (kind = 'parameter' AND EXISTS (SELECT * FROM plan
		WHERE instr(',' || parameters, ',' || substr(name, 7))))
ORDER BY rowid;
