-- SPDX-License-Identifier: GPL-3.0-or-later
-- Said under the table of the same name, or in its place.
WITH told AS (
	SELECT noise.*, factor || coalesce(' (' || meaning || ')', '') AS what
	FROM noise LEFT JOIN described ON described."table" = 'blocks'
		AND described."column" = factor),
said(k, says) AS (
	SELECT 1, 'nothing varied that this machine shows, or no point has the 3 blocks that it takes.'
		WHERE NOT EXISTS (SELECT * FROM noise)
	UNION ALL
	SELECT 2, 'Whether a disturbance explains the spread cannot be told: the run has too few blocks, or too few that differ in it.'
		WHERE EXISTS (SELECT * FROM noise) AND NOT EXISTS (SELECT * FROM noise
			WHERE p IS NOT NULL)
	UNION ALL
	SELECT 3 - explained, what || printf(' explains %.2g %% of the spread of %d blocks', 100 * explained, "blocks") ||
		CASE WHEN ratio IS NOT NULL THEN
			printf(': those that met more of it than the mean of their point were at %.4g times the level of the others', ratio) ||
			iif(ratio_lo IS NULL, '', printf(' (%.4g … %.4g)', ratio_lo, ratio_hi))
		ELSE '' END || '.'
	FROM told WHERE verdict = 'explains'
	UNION ALL
	SELECT 4, 'None of the ' || tested || ' disturbances that varied enough to be tested is shown to explain the spread; the likeliest, ' ||
		what || printf(', goes with %.2g %% of it (p = %.2g).', 100 * explained, p)
	FROM (SELECT *, count(*) OVER () AS tested, sum(verdict = 'explains') OVER () AS claims
		FROM told WHERE p IS NOT NULL ORDER BY p, rho DESC LIMIT 1)
	WHERE claims = 0)
SELECT says FROM said ORDER BY k;
