-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 1
-- title: What a textbook expects, and what this run says
-- needs: points of two things that the table compares
-- note: The ratio is left by right. That of times is paired by round: the trimmed mean (without a tenth of the rounds at either end) of the logarithms of the ratio of the two block medians of a round, with Student's 95 % interval; it takes 6 rounds that both sides have. An expectation holds when the whole interval lies where it should, does not hold when it lies outside, and is not decided otherwise, nor without an interval; counts have none and need none. Where no round has both sides, the ratio is that of the two medians. Times are compared at the largest size that both sides have, and of single touches (timing=single) where both were timed so.
WITH claim(k, claim, wants, least, most, l, l_on, l_metric, l_with, r, r_on,
		r_metric, r_with) AS (VALUES
	(1, 'A copy-on-write fault of a base page costs more than a zero-fill',
		'above 1', 1, 9e999, 'cow', 'anon', 'touch_ns', 'timing=single',
		'zero_fill', 'anon', 'touch_ns', 'timing=single'),
	(1, 'A copy-on-write fault of a base page costs more than a zero-fill',
		'above 1', 1, 9e999, 'cow', 'anon', 'op_ns', NULL,
		'zero_fill', 'anon', 'op_ns', NULL),
	(2, 'A zero-fill costs more than the fault of the last owner', 'above 1',
		1, 9e999, 'zero_fill', 'anon', 'touch_ns', 'timing=single',
		'last_owner', 'anon', 'touch_ns', 'timing=single'),
	(2, 'A zero-fill costs more than the fault of the last owner', 'above 1',
		1, 9e999, 'zero_fill', 'anon', 'op_ns', NULL,
		'last_owner', 'anon', 'op_ns', NULL),
	(3, 'The first write into a shared huge page costs several times a base page''s',
		'above 2', 2, 9e999, 'cow', 'thp', 'first_touch_ns', 'timing=single',
		'cow', 'anon', 'touch_ns', 'timing=single'),
	(4, 'The rest of that huge page costs what base pages do', '0.8 to 1.25',
		0.8, 1.25, 'cow', 'thp', 'touch_ns', 'timing=single',
		'cow', 'anon', 'touch_ns', 'timing=single'),
	(7, 'MADV_POPULATE_WRITE of fresh memory is cheaper by the page than faults',
		'below 1', 0, 1, 'populate', 'anon', 'op_ns', NULL,
		'zero_fill', 'anon', 'op_ns', NULL),
	(8, 'MADV_POPULATE_WRITE of shared memory is cheaper by the page than faults',
		'below 1', 0, 1, 'cow_populate', 'anon', 'op_ns', NULL,
		'cow', 'anon', 'op_ns', NULL)),
counted(k, claim, holder) AS (VALUES
	(5, 'To write all of a shared huge page takes a fault for each base page',
		'thp'),
	(6, 'A copy-on-write fault of a hugetlb page copies all of it', 'hugetlb')),
side AS (SELECT * FROM told WHERE coalesce(strategy, 'fork') = 'fork'
	AND metric IN ('op_ns', 'touch_ns', 'first_touch_ns')),
times AS (
	SELECT k, l.workload || ', ' || l.backing || ', ' || l.size || ': ' ||
			l.time AS "left", r.workload || ', ' || r.backing || ', ' ||
			r.size || ': ' || r.time AS "right",
		coalesce(ratio, l.median / r.median) AS ratio, ratio.lo AS lo,
		ratio.hi AS hi, lacks,
		row_number() OVER (PARTITION BY k
			ORDER BY l.metric = 'op_ns', l.rss_bytes DESC) AS nth
	FROM claim JOIN side AS l ON l.workload = claim.l AND l.backing = l_on
		AND l.metric = l_metric AND l.parameters IS l_with
	JOIN side AS r ON r.workload = claim.r AND r.backing = r_on
		AND r.metric = r_metric AND r.parameters IS r_with
		AND r.rss_bytes = l.rss_bytes
	JOIN ratio ON one = l.point AND one_metric = l.metric
		AND ratio.other = r.point AND other_metric = r.metric),
huge AS (
	SELECT k, claim, CASE holder
			WHEN 'thp' THEN 1.0 * minflt * huge_bytes / rss_bytes
			ELSE 1.0 * touched / minflt END AS "left",
		huge_bytes / page_bytes AS "right", holder, size
	FROM counted, (SELECT value AS huge_bytes FROM machine
		WHERE key = 'huge_page_bytes')
	LEFT JOIN (SELECT walk.*, row_number() OVER (PARTITION BY backing
			ORDER BY rss_bytes DESC, point) AS nth
		FROM walk WHERE workload = 'cow' AND parameters IS NULL
			AND strategy = 'fork') AS one
		ON one.backing = holder AND nth = 1),
grows AS (
	SELECT 'Fork of a parent with shared memory (memfd_shared) hardly grows with it'
			|| coalesce(printf(': %.4g times the memory, less than twice the time',
			1.0 * rss_bytes / least_rss), '') AS claim,
		'spawn, ' || backing || ', ' || size || ': ' || time AS "left",
		(SELECT 'spawn, ' || backing || ', ' || size || ': ' || time
			FROM sized AS small WHERE small.point = big.least_point) AS "right",
		coalesce(ratio, median / least_median) AS ratio, ratio.lo AS lo,
		ratio.hi AS hi, lacks
	FROM sized AS big JOIN ratio ON one = point AND one_metric = metric
		AND ratio.other = least_point AND other_metric = metric
	WHERE workload = 'spawn' AND strategy = 'fork'
		AND backing = 'memfd_shared' AND parameters IS NULL
		AND sizes > 1 AND rss_bytes = most_rss
	ORDER BY child = 'exit' DESC LIMIT 1),
found AS (
	SELECT k, claim, wants, least, most, "left", "right", ratio, lo, hi, lacks
	FROM (SELECT DISTINCT k, claim, wants, least, most FROM claim)
		LEFT JOIN times USING (k) WHERE coalesce(nth, 1) = 1
	UNION ALL
	SELECT k, claim, 'exactly 1', 1, 1, 'cow, ' || holder || ', ' || size ||
			CASE holder WHEN 'thp' THEN ': faults by the huge page: '
			ELSE ': base pages by the fault: ' END || printf('%.15g', "left"),
		'base pages of a huge page: ' || "right", "left" / "right",
		"left" / "right", "left" / "right", NULL
	FROM huge
	UNION ALL
	SELECT 9, coalesce(claim, 'Fork of a parent with shared memory (memfd_shared) hardly grows with it'),
		'below 2', 0, 2, "left", "right", ratio, lo, hi, lacks
	FROM (SELECT 1) LEFT JOIN grows)
SELECT claim AS expectation, CASE WHEN ratio IS NULL THEN 'not measured'
		WHEN lo >= least AND hi <= most THEN 'holds'
		WHEN lo > most OR hi < least THEN 'does not hold'
		ELSE 'not decided' END AS verdict,
	CASE WHEN lo = hi THEN printf('%.6g', ratio) ELSE ratio END AS ratio,
	iif(lo < hi, lo, NULL) AS "ratio lo", iif(lo < hi, hi, NULL) AS "ratio hi",
	lacks AS "no interval, because", wants AS expected, "left", "right"
FROM found WHERE EXISTS (SELECT * FROM found WHERE ratio IS NOT NULL)
ORDER BY k;
