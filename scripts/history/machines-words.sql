-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the chief point that is asked for says: its title, what stands
-- below, and what it shows.
WITH own AS (SELECT stands.* FROM asked JOIN stands ON stands.place = asked.no),
counted AS (
	SELECT count(*) AS n, count(DISTINCT no) AS machines FROM own),
ends AS (
	SELECT max(median) / min(median) AS spread FROM own WHERE nth = 1)
SELECT (SELECT label FROM own), iif(n > 36, 'Of ' || n || ' rows the 36 furthest from the median machine',
	'Machines: ' || machines || '; the newest run on each of up to three kernels'),
	'The newest runs of the machines differ by ' || printf('%.1f', 100 * (spread - 1)) ||
	' % at most.'
FROM counted, ends WHERE n > 1;
