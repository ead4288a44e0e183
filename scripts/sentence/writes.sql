-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the same name shows: which of two is cheaper, and where.
WITH one AS (
	SELECT backing, rss_bytes FROM part WHERE workload = 'wait'
	GROUP BY backing, rss_bytes HAVING count(DISTINCT percent) > 1
	ORDER BY count(*) DESC, rss_bytes DESC LIMIT 1),
shown AS (SELECT * FROM part JOIN one USING (backing, rss_bytes)
	WHERE workload = 'wait' AND rest IS NULL),
pair AS (
	SELECT a.position AS place, b.position AS other_place, a.label AS a,
		b.label AS b, count(*) AS shares, sum(a.ns < b.ns) AS less
	FROM shown AS a JOIN shown AS b USING (percent)
	WHERE a.position < b.position GROUP BY place, other_place)
SELECT CASE
	WHEN crossings > 1 THEN 'The lines of ' || a || ' and ' || b || ' cross ' ||
		crossings || ' times (at ' || at_all || ' %): these numbers do not say from which share on one is cheaper.'
	WHEN crossings = 1 THEN cheaper_before || ' is cheaper than ' ||
		cheaper_after || ' up to ' || printf('%.3g', at_percent) ||
		' % of the pages written, and dearer above it (a straight line from ' ||
		printf('%.15g', from_percent) || ' to ' || printf('%.15g', percent) ||
		' %, ' || CASE clear WHEN 1 THEN 'and the two are told apart at both ends'
		WHEN 0 THEN 'at whose ends the two are not both told apart' ELSE 'without intervals' END
		|| ').'
	WHEN less IN (0, shares) THEN iif(less > 0, a, b) || ' is cheaper than ' ||
		iif(less > 0, b, a) || ' at each of the ' || shares ||
		' shares that were measured.' END AS says
FROM pair LEFT JOIN (
	SELECT crossing.*, count(*) AS crossings,
		group_concat(printf('%.3g', at_percent), ', ') AS at_all
	FROM crossing JOIN one USING (backing, rss_bytes)
	GROUP BY place, other_place) USING (place, other_place)
WHERE says IS NOT NULL ORDER BY place, other_place;
