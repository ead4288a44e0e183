-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 15
-- title: What disturbed the blocks, and whether it explains their spread
-- needs: points whose blocks differ, and a disturbance that varied
-- note: By all points' blocks: how far the logarithm of a block's median lies from its point's, in units of the point's spread, against how much more of the disturbance it met by the second (of switches and migrations: by the sample) than its point's median. rho: Spearman's rank correlation; its square is the share of the spread of ranks that the disturbance explains; p: that blocks are slower with it by chance (with a lower frequency, for that), corrected for all lines (Holm) and for blocks that hang together in time. Level: of blocks that met more of it than their point's mean, by that of the others, within points. A correlation is not yet a cause.
SELECT factor AS disturbance, meaning AS "what it is", points, noise."blocks",
	disturbed AS "disturbed blocks", rho,
	100 * explained AS "explains %",
	CASE WHEN p IS NOT NULL THEN printf('%.2g', p) END AS p, ratio AS "level, disturbed by not",
	ratio_lo AS "level, disturbed by not lo", ratio_hi AS "level, disturbed by not hi",
	verdict
FROM noise LEFT JOIN described ON described."table" = 'blocks'
	AND described."column" = factor
ORDER BY p IS NULL, p, rho DESC, factor;
