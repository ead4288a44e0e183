-- SPDX-License-Identifier: GPL-3.0-or-later
-- The levels between the shifts of that series.
WITH own AS (
	SELECT shift.*, scale.k AS by, row_number() OVER (ORDER BY at) AS nth,
		lead(at) OVER (ORDER BY at) AS next
	FROM asked JOIN shift USING (series) JOIN scale USING (series)),
ends AS (
	SELECT max(min(value.at), now - 366 * 86400) AS first, max(value.at) AS last
	FROM asked JOIN value USING (series), clock WHERE value.at <= now + 60)
SELECT first AS since, at AS until, before / by AS level FROM own, ends WHERE nth = 1
UNION ALL
SELECT at, coalesce(next, last), after / by FROM own, ends
ORDER BY 1;
