-- SPDX-License-Identifier: GPL-3.0-or-later
-- Said under the table of the same name, or in its place.
WITH tested AS (
	SELECT kind || coalesce(', ' || child, '') || ', ' || told.backing || ' (' ||
			size || ')' AS what, stability.*
	FROM stability JOIN told USING (point, metric)
	WHERE coalesce(drift_p, warmup_p) IS NOT NULL),
counted AS (
	SELECT count(*) AS tested, sum(warmup_verdict = 'warms up') AS warm,
		sum(warmup_verdict = 'slows down') AS slow,
		sum(drift_verdict = 'drifts') AS drift,
		sum(order_verdict = 'correlated') AS correlated FROM tested),
said(k, says) AS (
	SELECT 1, 'Not tested: no point has the 6 blocks that it takes.'
		FROM counted WHERE tested = 0
	UNION ALL
	SELECT 2, 'Of ' || tested || iif(tested = 1, ' line', ' lines') || ' tested, ' ||
		coalesce(warm, 0) || ' became faster inside blocks, ' ||
		coalesce(slow, 0) || ' slower, ' || coalesce(drift, 0) ||
		' drifted over the run, and ' || coalesce(correlated, 0) ||
		' had blocks that hang together.' FROM counted WHERE tested > 0
	UNION ALL
	SELECT 3, printf('The greatest drift is that of %s: %+.2g %% (%+.2g … %+.2g %%) from the first to the last block.',
		what, 100 * (drift - 1), 100 * (drift_lo - 1), 100 * (drift_hi - 1))
	FROM (SELECT * FROM tested WHERE drift_verdict = 'drifts'
		ORDER BY abs(ln(drift)) DESC LIMIT 1)
	UNION ALL
	SELECT 4, printf('The greatest change inside blocks is that of %s: %+.2g %% (%+.2g … %+.2g %%) from the first half of samples to the second.',
		what, 100 * (warmup - 1), 100 * (warmup_lo - 1), 100 * (warmup_hi - 1))
	FROM (SELECT * FROM tested WHERE warmup_verdict IN ('warms up', 'slows down')
		ORDER BY abs(ln(warmup)) DESC LIMIT 1)
	UNION ALL
	SELECT 5, printf('Blocks hang together most in %s: their autocorrelation of %.2g makes its interval %.2g times too narrow, if only neighbours hang together.',
		what, autocorrelation, widening)
	FROM (SELECT * FROM tested WHERE order_verdict = 'correlated'
		ORDER BY widening DESC LIMIT 1))
SELECT says FROM said ORDER BY k;
