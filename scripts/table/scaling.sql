-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 4
-- title: Faults of several threads at once
-- needs: points of a walk with threads=1 and with more
-- note: How many times the faults of one thread they take in the same time, paired by round. processors: those that the run could use.
SELECT what AS faults, size AS memory, busy AS threads,
	(SELECT value FROM machine WHERE key = 'cpus') AS processors,
	speedup AS "times one thread", iif(lacks IS NULL, speedup_lo, NULL) AS "times one thread lo",
	iif(lacks IS NULL, speedup_hi, NULL) AS "times one thread hi",
	lacks AS "no interval, because"
FROM scaling ORDER BY min(point) OVER (PARTITION BY what, rss_bytes), busy;
