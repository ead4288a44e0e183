-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 13
-- title: The harness itself, and its share of the samples
-- needs: the point null
-- note: null is an empty sample: two reads of the clock around an empty call. p10: the mean over blocks; p90, p99 and most: of all samples. Share: the median of null by the whole time of a sample (a batch is one sample); the 12 greatest are shown, summary.tsv has all (floor_share).
WITH null_line AS (SELECT * FROM summary
	WHERE workload = 'null' AND metric = 'op_ns' AND median IS NOT NULL),
shares AS (SELECT *, row_number() OVER (ORDER BY floor_share DESC, point) AS nth
	FROM told WHERE workload <> 'null' AND floor_share IS NOT NULL),
rows(k, what, memory, median, lo, hi, p10, p90, p99, most, share, n, "blocks") AS (
	SELECT 0, 'null', NULL, median, median_lo, median_hi, block_p10, p90, p99, max,
		NULL, n, "blocks" FROM null_line
	UNION ALL
	SELECT 1, 'one read of the clock', NULL, value, NULL, NULL, NULL, NULL, NULL,
		NULL, NULL, NULL, NULL FROM machine
	WHERE key = 'clock_cost_ns' AND value IS NOT NULL
		AND EXISTS (SELECT * FROM null_line)
	UNION ALL
	SELECT 1 + nth, kind || coalesce(', ' || child, '') || ', ' || backing, size,
		median, median_lo, median_hi, block_p10, p90, p99, max, floor_share, n,
		"blocks" FROM shares WHERE nth <= 12)
SELECT what, memory, median AS "median ns", lo AS "median ns lo", hi AS "median ns hi",
	p10 AS "p10 ns", p90 AS "p90 ns", p99 AS "p99 ns", most AS "most ns",
	100 * share AS "harness %",
	n AS samples, "blocks"
FROM rows ORDER BY k;
