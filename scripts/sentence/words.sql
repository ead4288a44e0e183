-- SPDX-License-Identifier: GPL-3.0-or-later
-- The names that this run uses, as the driver explains them.
SELECT word.name || ': ' || word.summary FROM word
WHERE (kind = 'workload' AND name IN (SELECT workload FROM plan))
	OR (kind = 'strategy' AND name IN (SELECT strategy FROM plan))
	OR (kind = 'backing' AND name IN (SELECT backing FROM plan))
	OR (kind = 'child' AND name IN (SELECT child FROM plan))
ORDER BY word.rowid;
