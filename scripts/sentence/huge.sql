-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the same name shows, a row a panel: its ends.
WITH named(part, what) AS (VALUES (1, 'Fork'), (2, 'The first write to a page that fork made shared'),
	(3, 'Writing a MiB after fork'), (4, 'The first write to a fresh page')),
ends AS (
	SELECT *, unit_size || ' pages (' || backing || ')' AS pages,
		row_number() OVER (PARTITION BY part ORDER BY amount, place) AS up,
		row_number() OVER (PARTITION BY part ORDER BY amount DESC, place) AS down,
		count(*) OVER (PARTITION BY part) AS kinds,
		CASE WHEN part = 4 THEN CASE WHEN amount >= 1048576
				THEN printf('%.4g MiB', amount / 1048576.0)
				ELSE printf('%.4g KiB', amount / 1024.0) END
			WHEN amount < 999.5 THEN rtrim(printf('%#.3g', amount), '.') || ' ns'
			WHEN amount < 999.5e3 THEN rtrim(printf('%#.3g', amount / 1e3), '.') || ' µs'
			ELSE rtrim(printf('%#.3g', amount / 1e6), '.') || ' ms' END AS told
	FROM huge)
SELECT what || ' takes ' || least.told || ' with ' || least.pages || ' and ' ||
	most.told || ' with ' || most.pages || ', ' ||
	rtrim(printf('%#.3g', most.amount / least.amount), '.') || ' times as much.'
FROM ends AS least JOIN ends AS most USING (part) JOIN named USING (part)
WHERE least.up = 1 AND most.down = 1 AND least.kinds > 1
	AND most.amount > least.amount ORDER BY part;
