-- SPDX-License-Identifier: GPL-3.0-or-later
-- What figures, tables and sentences share. The tables plan, blocks, summary,
-- histograms, stability, noise, quantiles, shares, described (a line of
-- `forkmeter list columns`) and word (a line of `forkmeter list`) are there already.

CREATE TABLE machine(key TEXT, value);
INSERT INTO machine SELECT key, value FROM json_each(readfile('machine.json'));

-- Runs from before there were other parameters than the writer.
UPDATE plan SET parameters = 'writer=' || writer
WHERE parameters IS NULL AND writer <> 'child';
UPDATE summary SET parameters = 'writer=' || writer
WHERE parameters IS NULL AND writer <> 'child';

-- A strategy looks the same in every figure: its place in the driver's list
-- gives the colour and the point's shape (gnuplot's number of the filled one; the
-- open one is one less), so that no two of 30 have both in common. The colours are
-- Okabe and Ito's, but for the two that are too pale on white (WCAG 2.1, 1.4.11)
-- and yellow: they stay apart also for colour-blind readers.
CREATE TABLE strategy(name TEXT PRIMARY KEY, position INTEGER,
	returns_late INTEGER, colour INTEGER, shape INTEGER);
WITH colours(k, colour) AS (VALUES (0, 0x0072B2), (1, 0xD55E00), (2, 0x009E73),
		(3, 0xCC79A7), (4, 0x000000)),
	shapes(k, shape) AS (VALUES (0, 7), (1, 5), (2, 9), (3, 13), (4, 11),
		(5, 15)),
	met(name, place, late) AS (
		SELECT name, rowid, "returns" LIKE 'after%' FROM word
		WHERE kind = 'strategy'
		UNION ALL
		SELECT strategy, 1e6 + min(point), 0 FROM summary
		WHERE strategy NOT IN (SELECT name FROM word
			WHERE kind = 'strategy')
		GROUP BY strategy),
	placed AS (SELECT *, row_number() OVER (ORDER BY place) - 1 AS n FROM met)
INSERT INTO strategy
SELECT name, n + 1, late, colour, shape FROM placed
JOIN colours ON colours.k = (n + n / 6) % 5 JOIN shapes ON shapes.k = n % 6;

-- Lines of the summary that stand for something, with what is said of them:
-- numbers rounded to three digits, times with a unit, sizes in words. Where
-- parameters is NULL, all have their defaults.
CREATE VIEW told AS
WITH good AS (
	SELECT summary.*, coalesce(median_lo, median) AS lo,
		coalesce(median_hi, median) AS hi, position, returns_late,
		colour, shape,
		strategy || CASE WHEN returns_late THEN ' †' ELSE '' END AS label,
		CASE verdict WHEN 'disagrees' THEN ' ‡' ELSE '' END AS mark
	FROM summary LEFT JOIN strategy ON strategy.name = strategy
	WHERE median > 0 AND coalesce(verdict, '') NOT LIKE 'broken%')
SELECT good.*,
	CASE WHEN median < 999500 THEN rtrim(printf('%#.3g', median / 1e3), '.')
		ELSE printf('%.15g', printf('%.3g', median / 1e3)) END AS us,
	CASE WHEN median_hi IS NULL THEN NULL WHEN median_hi < 999500
		THEN rtrim(printf('%#.3g', median_lo / 1e3), '.') || ' … ' ||
			rtrim(printf('%#.3g', median_hi / 1e3), '.')
		ELSE printf('%.15g … %.15g', printf('%.3g', median_lo / 1e3),
			printf('%.3g', median_hi / 1e3)) END AS us_interval,
	CASE WHEN median < 999.5
			THEN rtrim(printf('%#.3g', median), '.') || ' ns'
		WHEN median < 999.5e3
			THEN rtrim(printf('%#.3g', median / 1e3), '.') || ' µs'
		WHEN median < 999.5e6
			THEN rtrim(printf('%#.3g', median / 1e6), '.') || ' ms'
		ELSE printf('%.3g s', median / 1e9) END AS time,
	CASE WHEN rss_bytes >= 1 << 30 THEN printf('%.4g GiB', rss_bytes / exp2.g)
		WHEN rss_bytes >= 1 << 20 THEN printf('%.4g MiB', rss_bytes / exp2.m)
		WHEN rss_bytes > 0 THEN printf('%.4g KiB', rss_bytes / exp2.k)
		ELSE '0' END AS size,
	workload || coalesce(' after ' || strategy, '') ||
		coalesce(', ' || replace(parameters, ',', ', '), '') || mark AS kind
FROM good, (SELECT 1073741824.0 AS g, 1048576.0 AS m, 1024.0 AS k) AS exp2;

-- Student's t of 95 % intervals by its degrees of freedom, from 5 on: Cornish and
-- Fisher's expansion in the normal quantile z (M. Abramowitz and I. A. Stegun,
-- Handbook of Mathematical Functions, 1964, 26.7.5), off by 2 in 10,000 at
-- most. Runs that stopped by their precision take the z of fm_stopping_level.
CREATE TABLE student(df INTEGER PRIMARY KEY, t REAL);
WITH RECURSIVE freedom(df) AS (VALUES (5)
	UNION ALL SELECT df + 1 FROM freedom
	WHERE df < (SELECT max(round) FROM quantiles)),
normal(z) AS (SELECT iif(EXISTS (SELECT * FROM machine
	WHERE key = 'precision' AND value > 0), 2.023710, 1.959964))
INSERT INTO student
SELECT df, z + (pow(z, 3) + z) / (4.0 * df) +
	(5 * pow(z, 5) + 16 * pow(z, 3) + 3 * z) / (96 * pow(df, 2)) +
	(3 * pow(z, 7) + 19 * pow(z, 5) + 17 * pow(z, 3) - 15 * z) /
		(384 * pow(df, 3)) +
	(79 * pow(z, 9) + 776 * pow(z, 7) + 1482 * pow(z, 5) - 1920 * pow(z, 3) -
		945 * z) / (92160 * pow(df, 4))
FROM freedom, normal;

-- Two lines of the summary, one by other, as doc/statistics has it: paired by
-- round, the trimmed mean of the logarithms of the ratio of block medians, and
-- Student's interval. lacks: why there is no interval. found is worked out only
-- for the pairs that are asked for, so ask by point and metric.
CREATE INDEX line ON quantiles(point, metric, round);
CREATE VIEW ratio AS
WITH contrast AS (
	SELECT one.point AS one, one.metric AS one_metric, other.point AS other,
		other.metric AS other_metric, (
		WITH paired AS (
			SELECT ln(x.median) AS x, ln(y.median) AS y,
				ln(x.median) - ln(y.median) AS d
			FROM quantiles AS x JOIN quantiles AS y USING (round)
			WHERE x.point = one.point AND x.metric = one.metric
				AND y.point = other.point AND y.metric = other.metric),
		ranked AS (
			SELECT *, row_number() OVER (ORDER BY d) AS nth,
				count(*) OVER () AS k, count(*) OVER () / 10 AS g
			FROM paired),
		winsorized AS (
			SELECT *, min(max(d, min(d) FILTER (WHERE nth > g) OVER ()),
				max(d) FILTER (WHERE nth <= k - g) OVER ()) AS w
			FROM ranked),
		trimmed AS (
			SELECT count(*) AS k, count(*) - 2 * max(g) AS h,
				avg(d) FILTER (WHERE nth > g AND nth <= k - g) AS middle,
				sum(pow(w - (SELECT avg(w) FROM winsorized), 2)) AS squares,
				-- What a clock that counts ns leaves open.
				(exp(-2 * avg(x)) + exp(-2 * avg(y))) / (12 * count(*)) AS step,
				count(d) = count(*) AS positive
			FROM winsorized)
		SELECT json_array(k, iif(positive, middle, NULL), iif(positive,
			t * sqrt(max(squares / (h * (h - 1)), step)), NULL))
		FROM trimmed LEFT JOIN student ON df = h - 1) AS found
	FROM summary AS one, summary AS other)
SELECT one, one_metric, other, other_metric, rounds, exp(middle) AS ratio,
	exp(middle - half) AS lo, exp(middle + half) AS hi,
	CASE WHEN half IS NOT NULL THEN NULL
		WHEN NOT EXISTS (SELECT * FROM quantiles) THEN 'no quantiles.tsv'
		WHEN rounds < 6 THEN 'rounds of both: ' || rounds || ', not 6'
		ELSE 'a block''s median is 0' END AS lacks
FROM (SELECT *, json_extract(found, '$[0]') AS rounds,
	json_extract(found, '$[1]') AS middle, json_extract(found, '$[2]') AS half
	FROM contrast);

-- Process creation with memory behind it, each line beside the smallest size
-- of its series.
CREATE VIEW sized AS
SELECT told.*, first_value(median) OVER series AS least_median,
	first_value(rss_bytes) OVER series AS least_rss,
	first_value(point) OVER series AS least_point,
	first_value(lo) OVER series AS least_lo,
	first_value(hi) OVER series AS least_hi,
	row_number() OVER series AS nth,
	count(*) OVER (series ROWS BETWEEN UNBOUNDED PRECEDING
		AND UNBOUNDED FOLLOWING) AS sizes,
	last_value(rss_bytes) OVER (series ROWS BETWEEN UNBOUNDED PRECEDING
		AND UNBOUNDED FOLLOWING) AS most_rss,
	(SELECT min(point) FROM plan WHERE plan.backing = told.backing)
		AS backing_place
FROM told WHERE metric = workload || '_ns' AND rss_bytes > 0
WINDOW series AS (PARTITION BY workload, strategy, child, backing, parameters
	ORDER BY rss_bytes, point);

-- The series that show how spawn grows: of three sizes, or of two where none
-- has more.
CREATE VIEW growing AS
SELECT * FROM sized
WHERE workload = 'spawn' AND parameters IS NULL AND sizes >= max(2, min(3,
	(SELECT max(sizes) FROM sized
	WHERE workload = 'spawn' AND parameters IS NULL)));

-- Walks over memory. One fault may serve many base pages, so both rates are
-- needed; where no fault is expected, an operation is the touch of a page.
CREATE VIEW walk AS
SELECT told.*, page_bytes, touched,
	1.0 * touched / nullif(minflt_expected, 0) AS pages_per_fault,
	median * ops / touched AS page_ns, lo * ops / touched AS page_lo,
	hi * ops / touched AS page_hi,
	rss_bytes = max(rss_bytes) OVER (PARTITION BY workload, strategy,
		parameters, backing) AS largest
FROM (SELECT *, coalesce(nullif(minflt_expected, 0), touched) AS ops
	FROM (SELECT *, CAST(rss_bytes / page_bytes * coalesce(fraction, 100) / 100
			AS INTEGER) AS touched
		FROM told, (SELECT value AS page_bytes FROM machine
			WHERE key = 'page_bytes')
		WHERE metric = 'op_ns' AND rss_bytes > 0)
	WHERE touched > 0) AS told;

CREATE VIEW fault AS SELECT * FROM walk WHERE minflt_expected > 0;

-- Faults with default parameters, each at its largest size, of the kinds of
-- memory that more than half of the causes were measured on.
CREATE VIEW usual_fault AS
WITH plain AS (SELECT *, count(*) OVER (PARTITION BY backing) AS causes
	FROM fault WHERE largest AND parameters IS NULL)
SELECT * FROM plain WHERE 2 * causes > (SELECT max(causes) FROM plain);

-- Single touches that take a fault, at their largest size; the first of each
-- large page is told apart from the rest.
CREATE VIEW single AS
SELECT *, replace(kind, ', timing=single', '') || ', ' || backing || CASE
		WHEN metric = 'first_touch_ns' THEN ': first in a large page'
		WHEN firsts > 0 THEN ': the rest' ELSE '' END AS what
FROM (SELECT *, max(n) FILTER (WHERE metric = 'first_touch_ns') OVER one AS firsts,
		max(n * minflt_expected) FILTER (WHERE metric = 'op_ns') OVER one AS faults,
		max(rss_bytes) OVER (PARTITION BY workload, strategy, backing) AS most
	FROM told WHERE parameters = 'timing=single'
	WINDOW one AS (PARTITION BY point))
WHERE rss_bytes = most AND (metric = 'first_touch_ns' OR
	(metric = 'touch_ns' AND faults > coalesce(firsts, 0)));

-- By the share of pages that is written. rest: the other parameters.
CREATE VIEW part AS
SELECT told.*, CAST(substr(child, 7) AS REAL) AS percent,
	parameters AS rest, median AS ns, median_lo AS ns_lo,
	median_hi AS ns_hi
FROM told WHERE metric = 'wait_ns' AND child LIKE 'touch:%'
UNION ALL
SELECT told.*, CAST(fraction AS REAL),
	trim(replace(',' || coalesce(parameters, '') || ',',
		',fraction=' || fraction || ',', ','), ','),
	median * iif(minflt_expected > 0, minflt_expected,
		max(1, rss_bytes / machine.value * fraction / 100)),
	median_lo * iif(minflt_expected > 0, minflt_expected,
		max(1, rss_bytes / machine.value * fraction / 100)),
	median_hi * iif(minflt_expected > 0, minflt_expected,
		max(1, rss_bytes / machine.value * fraction / 100))
FROM told, (SELECT value FROM machine WHERE key = 'page_bytes') AS machine
WHERE metric = 'op_ns' AND fraction IS NOT NULL
	AND minflt_expected IS NOT NULL;

-- Where two strategies' lines over those shares cross, by straight lines
-- between the shares that were measured. clear: on both sides of it the
-- interval of their ratio leaves out 1.
CREATE VIEW crossing AS
WITH pair AS (
	SELECT one.label AS one, other.label AS other, one.position AS place,
		other.position AS other_place, backing, rss_bytes, one.size AS size,
		percent, one.ns AS ns,
		one.ns - other.ns AS gap,
		(SELECT lo > 1 OR hi < 1 FROM ratio
			WHERE ratio.one = one.point AND one_metric = one.metric
			AND ratio.other = other.point AND other_metric = other.metric)
			AS apart
	FROM part AS one JOIN part AS other USING (workload, backing, rss_bytes,
		percent)
	WHERE workload = 'wait' AND one.position < other.position
		AND one.rest IS NULL AND other.rest IS NULL),
step AS (
	SELECT *, lag(percent) OVER along AS from_percent,
		lag(gap) OVER along AS from_gap, lag(ns) OVER along AS from_ns,
		lag(apart) OVER along AS from_apart
	FROM pair WINDOW along AS (PARTITION BY place, other_place, backing,
		rss_bytes ORDER BY percent))
SELECT *, from_percent + (percent - from_percent) * from_gap / (from_gap - gap)
		AS at_percent,
	from_ns + (ns - from_ns) * from_gap / (from_gap - gap) AS at_ns,
	iif(gap > 0, one, other) AS cheaper_before,
	iif(gap > 0, other, one) AS cheaper_after, apart AND from_apart AS clear
FROM step WHERE from_gap * gap < 0;

-- What the parent carries beside memory, each alone: the same point with other
-- numbers of one thing, beside the least of them.
CREATE VIEW burden AS
WITH thing(what, name) AS (VALUES (1, 'descriptors'), (2, 'parked'),
	(3, 'atfork'), (4, 'bystanders'), (5, 'mappings')),
counted AS (
	SELECT told.*, what, thing.name AS thing, CAST(CASE what
		WHEN 1 THEN descriptors WHEN 2 THEN parked WHEN 3 THEN atfork
		WHEN 4 THEN bystanders ELSE mappings END AS INTEGER) AS items
	FROM told, thing
	WHERE metric = workload || '_ns' AND items IS NOT NULL AND (
		parameters IS NULL OR parameters = thing.name || '=' || items)),
placed AS (
	SELECT *, count(*) OVER (PARTITION BY what, workload, strategy, child,
			backing, rss_bytes) AS cases,
		first_value(items) OVER series AS least_items,
		first_value(median) OVER series AS least_median,
		first_value(median_lo) OVER series AS least_lo,
		first_value(median_hi) OVER series AS least_hi
	FROM counted WINDOW series AS (PARTITION BY what, workload, strategy,
		child, backing, rss_bytes ORDER BY items, point))
SELECT *, median - least_median AS more_ns,
	sqrt((median_hi - median_lo) * (median_hi - median_lo) +
		(least_hi - least_lo) * (least_hi - least_lo)) / 2 AS more_error
FROM placed WHERE cases > 1;

-- What forkmeter profile found of classes of kernel functions, by point; null
-- is the floor, and user mode alone.
CREATE VIEW spent AS
SELECT *, workload ||
	coalesce(iif(child IS NULL, ' after ', ', ') || strategy, '') ||
	coalesce(' + ' || child, '') ||
	coalesce(', ' || replace(parameters, ',', ', '), '') ||
	CASE WHEN rss_bytes >= 1 << 30
			THEN printf(', %.4g GiB of ', rss_bytes / 1073741824.0) || backing
		WHEN rss_bytes >= 1 << 20
			THEN printf(', %.4g MiB of ', rss_bytes / 1048576.0) || backing
		WHEN rss_bytes > 0
			THEN printf(', %.4g KiB of ', rss_bytes / 1024.0) || backing
		ELSE '' END AS label
FROM shares WHERE kind = 'class' AND workload <> 'null';
