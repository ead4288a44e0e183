-- SPDX-License-Identifier: GPL-3.0-or-later
-- What many machines show, one sentence a row.
SELECT 'There are ' || count(DISTINCT host || ' ' || host_id) || ' machines here' ||
	iif(count(*) > count(DISTINCT host || ' ' || host_id), ', ' || count(*) ||
		' with each state of a machine counted', '') ||
	', in ' || count(DISTINCT peers) || iif(count(DISTINCT peers) = 1, ' group', ' groups') ||
	' of equal hardware and state' ||
	coalesce((SELECT ', but for what --across lets differ: ' || facts FROM across), '') || '; ' ||
	(SELECT count(*) FROM (SELECT peers FROM outliers WHERE ratio IS NOT NULL GROUP BY peers)) ||
	' of them large enough to say who is an outlier.'
FROM place;

SELECT host || ' is ' || verdict || ' than the others of group ' || peers || ', by ' ||
	printf('%.1f', 100 * abs(ratio - 1)) || ' % in the middle of its ' || points ||
	' points (95 %: ' || printf('%+.1f … %+.1f', 100 * (ratio_lo - 1), 100 * (ratio_hi - 1)) ||
	' %); of these, ' || slower || ' are slower and ' || faster ||
	' faster by themselves.'
FROM place WHERE verdict IN ('slower', 'faster')
ORDER BY verdict = 'faster', abs(ln(ratio)) DESC LIMIT 8;

SELECT host || ' is no outlier as a whole, and ' ||
	iif(slower > 0, slower || ' of its ' || points || ' points are slower', '') ||
	iif(slower > 0 AND faster > 0, ', ', '') ||
	iif(faster > 0, faster || ' of its ' || points || ' points are faster', '') ||
	' than the others of group ' || peers || '.'
FROM place WHERE verdict NOT IN ('slower', 'faster') AND slower + faster > 0
ORDER BY slower DESC, faster DESC LIMIT 8;

SELECT 'No machine of group ' || peers || ' is an outlier as a whole; one would have been told from ' ||
	printf('%.1f', 100 * min(least)) || ' % on.'
FROM place WHERE ratio IS NOT NULL GROUP BY peers
HAVING max(verdict IN ('slower', 'faster')) = 0 ORDER BY peers LIMIT 8;

-- Those of no group that was judged, with what keeps them apart.
SELECT 'Not judged: ' || group_concat(host, ', ') || ': ' || reason || '.'
FROM place WHERE ratio IS NULL AND NOT EXISTS (SELECT * FROM place AS other
	WHERE other.host = place.host AND other.host_id = place.host_id
	AND other.ratio IS NOT NULL)
GROUP BY peers, reason ORDER BY peers LIMIT 8;

-- What one kernel ran under several names is one machine.
SELECT 'In group ' || peers || ', ' || group_concat(host, ', ') ||
	' ran under one kernel that was booted once (boot_id): one machine of several names, ' ||
	'so that they tell how its measurements differ, not machines.'
FROM place JOIN fact ON fact.run = place.run AND fact.key = 'boot_id'
WHERE fact.value <> '' GROUP BY peers, fact.value HAVING count(*) > 1
ORDER BY peers LIMIT 8;

SELECT 'Left out, for a newer run of the same machine and state is there: ' ||
	group_concat(path, ', ') || '.'
FROM given WHERE run NOT IN (SELECT run FROM place) HAVING count(*) > 0;
