-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: What disturbed the blocks, and whether it explains their spread
-- needs: points whose blocks differ, and a disturbance that varied
-- note: rho: Spearman's rank correlation of a block's level with how much of the disturbance it met; p: that blocks are slower with it by chance, corrected for all lines. Level: of blocks that met more of it than their point's mean, by that of the others. A correlation is not yet a cause.
SELECT factor AS disturbance, "blocks", disturbed, rho,
	100 * explained AS "explains %",
	CASE WHEN p IS NOT NULL THEN printf('%.2g', p) END AS p,
	ratio AS level, ratio_lo AS "level lo", ratio_hi AS "level hi"
FROM noise ORDER BY noise.p IS NULL, noise.p, rho DESC, factor;
