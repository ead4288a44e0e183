-- SPDX-License-Identifier: GPL-3.0-or-later
-- Faults of several threads at once: the rate of faults as a multiple of one
-- thread's, paired by round.
CREATE VIEW scaling AS
WITH counted AS (
	SELECT *, CAST(coalesce(threads, 1) AS INTEGER) AS busy, workload ||
		coalesce(' after ' || strategy, '') || ', ' || backing AS what
	FROM told WHERE metric = 'op_ns' AND (parameters IS NULL
		OR parameters = 'threads=' || threads))
SELECT many.*, one.median AS one_median,
	coalesce(ratio, one.median / many.median) AS speedup,
	coalesce(ratio.lo, ratio, one.median / many.median) AS speedup_lo,
	coalesce(ratio.hi, ratio, one.median / many.median) AS speedup_hi, lacks
FROM counted AS many
JOIN counted AS one ON one.busy = 1 AND one.workload = many.workload
	AND one.backing = many.backing AND one.rss_bytes = many.rss_bytes
	AND one.strategy IS many.strategy
JOIN ratio ON ratio.one = one.point AND one_metric = 'op_ns'
	AND ratio.other = many.point AND other_metric = 'op_ns'
WHERE many.busy > 1;
