-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: The machines
-- needs: runs
-- note: More: the median over the points of a machine, by the others of its group. From: the deviation from which on it would be told.
SELECT place.peers AS "group", place.host, place.kernel, place.verdict,
	100 * (ratio - 1) AS "more %", 100 * (ratio_lo - 1) AS "more % lo",
	100 * (ratio_hi - 1) AS "more % hi", 100 * least AS "from %", place.points,
	place.slower, place.faster, place.started, given.path AS run, 
	iif(ratio IS NULL, place.reason, NULL) AS note
FROM place LEFT JOIN given USING (run) ORDER BY y;
