-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 14
-- title: Where a level did not hold still
-- needs: points with 6 blocks or more
-- note: Tested at every point, and corrected for all tests of the run together (Holm): that anything at all is claimed of a run whose levels hold still happens in at most 5 % of such runs. Warm-up: a block's second half of samples by its first. Drift: from the run's first block to its last, by a straight line through the logarithms of medians. Correlated blocks make intervals too narrow, by the factor that stands there if only neighbours hang together. Each 95 % interval is by itself.
SELECT kind, child, told.backing, size AS memory, told.metric, stability."blocks",
	100 * (warmup - 1) AS "warm-up %", 100 * (warmup_lo - 1) AS "warm-up % lo",
	100 * (warmup_hi - 1) AS "warm-up % hi",
	warmup_verdict AS "inside blocks",
	100 * (drift - 1) AS "drift %", 100 * (drift_lo - 1) AS "drift % lo",
	100 * (drift_hi - 1) AS "drift % hi",
	drift_verdict AS "over the run",
	autocorrelation, widening AS "intervals wider by",
	order_verdict AS "from block to block"
FROM stability JOIN told USING (point, metric)
WHERE warmup_verdict IN ('warms up', 'slows down') OR drift_verdict = 'drifts'
	OR order_verdict = 'correlated'
ORDER BY point, told.metric;
