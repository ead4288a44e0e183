-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 14
-- title: Faults of several threads at once
-- needs: points of a walk with threads=1 and with more
WITH series AS (SELECT *, dense_rank() OVER (ORDER BY point_of, what) AS nth
	FROM (SELECT *, min(point) OVER (PARTITION BY what, rss_bytes) AS point_of
		FROM scaling))
SELECT nth AS series, what AS label, busy AS threads, speedup, speedup_lo AS lo,
	speedup_hi AS hi, size, cpus.value AS cpus FROM series
LEFT JOIN (SELECT value FROM machine WHERE key = 'cpus') AS cpus
UNION ALL
SELECT DISTINCT nth, what, 1, 1, 1, 1, size, cpus.value FROM series
LEFT JOIN (SELECT value FROM machine WHERE key = 'cpus') AS cpus
ORDER BY series, threads;
