-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 7
-- title: From which share on the other strategy is cheaper
-- needs: two strategies whose children touch the same shares, and whose lines cross
-- note: By straight lines between the shares that were measured. clear: on both sides of the crossing the 95 % interval of the two's ratio, paired by round, leaves out 1.
SELECT cheaper_before AS "cheaper below it", cheaper_after AS "and above it",
	backing, size AS memory, at_percent AS "crossing at %",
	at_ns / 1e3 AS "where both take µs",
	printf('%.15g … %.15g', from_percent, percent) AS "between the measured %",
	CASE clear WHEN 1 THEN 'yes' WHEN 0 THEN 'no' ELSE 'no intervals' END AS clear
FROM crossing ORDER BY backing, rss_bytes, place, other_place, percent;
