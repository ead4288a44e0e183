-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the queries of a history's page share. There already: a copy of the index
-- (run, series, value, machine, fact), changes and nights as they are read from
-- their files, and clock, one row: now, hours (a run of so many hours before is
-- last night's), days (that sparklines hold), is_judged (0 where what moved is
-- not known) and effect (a ratio, less one, that trend takes for none if it is less).

-- A machine of the lab: a name on one hardware. A run that began later than now
-- is of a clock that was wrong, and would be the newest for ever.
CREATE TABLE node AS
WITH machine AS (
	SELECT host, host_id, count(*) AS runs, min(at) AS first_at,
		max(at) AS newest_at
	FROM run, clock WHERE at <= now + 60 GROUP BY host, host_id),
named AS (
	SELECT *, count(*) OVER same AS hardwares, newest_at = max(newest_at) OVER same
			AS is_current,
		iif(host = '', '(no name)', replace(replace(replace(host, char(10), ' '),
			char(13), ' '), char(9), ' ')) AS clean
	FROM machine WINDOW same AS (PARTITION BY host))
SELECT row_number() OVER (ORDER BY host, first_at, host_id) AS no, host, host_id,
	runs, first_at, newest_at, is_current,
	clean || iif(hardwares > 1, ', hardware ' || substr(host_id, 1, 8), '') AS name,
	(SELECT run FROM run WHERE run.host = named.host AND
		run.host_id = named.host_id AND at = newest_at
		ORDER BY run DESC LIMIT 1) AS newest_run
FROM named;
CREATE UNIQUE INDEX node_by_host ON node(host, host_id);

-- What usually lies between two runs of a machine: nights that are longer apart
-- are a gap.
CREATE TABLE pace AS
WITH apart AS (
	SELECT no, at - lag(at) OVER (PARTITION BY no ORDER BY at) AS seconds
	FROM run JOIN node USING (host, host_id), clock WHERE at <= now + 60),
ranked AS (
	SELECT no, seconds, row_number() OVER (PARTITION BY no ORDER BY seconds) AS k,
		count(*) OVER (PARTITION BY no) AS n
	FROM apart WHERE seconds > 0)
SELECT no, seconds AS step FROM ranked WHERE k = (n + 1) / 2;
CREATE UNIQUE INDEX pace_by_no ON pace(no);

-- A series, as people say it; judged as forkmeter trend does, from 6 runs on
-- (tests/history-page.sh compares the counts).
CREATE TABLE line AS
WITH sized AS (
	SELECT no, series.*, CASE WHEN rss_bytes IS NULL THEN ''
		WHEN rss_bytes >= 1 << 30 THEN printf('%.4g GiB', rss_bytes / 1073741824.0)
		WHEN rss_bytes >= 1 << 20 THEN printf('%.4g MiB', rss_bytes / 1048576.0)
		WHEN rss_bytes > 0 THEN printf('%.4g KiB', rss_bytes / 1024.0)
		ELSE '0' END AS size,
		iif(unit = 'ns' AND metric LIKE '%_ns', substr(metric, 1,
			length(metric) - 3), metric) AS measured
	FROM series JOIN node USING (host, host_id))
SELECT series, no, workload, coalesce(strategy, '') AS strategy,
	coalesce(backing, '') AS backing, rss_bytes, size, coalesce(child, '') AS child,
	coalesce(parameters, '') AS parameters, coalesce(settings, '') AS settings,
	metric, measured, coalesce(unit, '') AS unit,
	workload <> 'null' AND unit = 'ns' AND instr(metric, '.') = 0 AS is_wanted,
	0 AS values_n,
	workload || iif(strategy <> '', ' ' || strategy, '') ||
		iif(child <> '', ' ' || child, '') ||
		iif(rss_bytes > 0, ', ' || size, '') ||
		iif(backing NOT IN ('', 'none'), ' ' || backing, '') ||
		iif(parameters <> '', ', ' || replace(parameters, ',', ', '), '') ||
		iif(settings <> '', ', ' || settings, '') ||
		iif(measured IN ('op', workload), '', ' (' || measured || ')') AS label
FROM sized;
CREATE UNIQUE INDEX line_by_series ON line(series);
CREATE INDEX line_by_no ON line(no);
UPDATE line SET values_n = (SELECT count(*) FROM (SELECT 1 FROM value
	WHERE value.series = line.series AND median > 0 AND verdict <> 'broken' LIMIT 6));

-- The shifts that are there now, and which of them are last night's: told since,
-- or not told yet.
CREATE TABLE shift AS
WITH placed AS (
	SELECT changes.*, node.no, line.series, line.label, pace.step,
		iif(status = 'new', now, coalesce(strftime('%s', told) + 0, 0)) AS told_at,
		CASE WHEN changes.unit <> 'ns' THEN 1.0 WHEN after < 999.5 THEN 1.0
			WHEN after < 999.5e3 THEN 1e3 WHEN after < 999.5e6 THEN 1e6
			ELSE 1e9 END AS k
	FROM clock, changes JOIN node USING (host, host_id) LEFT JOIN pace USING (no)
	LEFT JOIN line ON line.no = node.no AND line.metric = changes.metric
		AND line.workload = changes.workload
		AND line.strategy = coalesce(changes.strategy, '')
		AND line.backing = coalesce(changes.backing, '')
		AND line.child = coalesce(changes.child, '')
		AND line.parameters = coalesce(changes.parameters, '')
		AND line.settings = coalesce(changes.settings, '')
		AND coalesce(line.rss_bytes, -1) = coalesce(changes.rss_bytes, -1))
SELECT placed.*, told_at > now - 3600 * hours AS is_news,
	label || ': ' || printf('%#.4g → %#.4g', before / k, after / k) ||
		CASE WHEN unit <> 'ns' THEN iif(coalesce(unit, '') = '', '', ' ' || unit)
			WHEN k = 1 THEN ' ns' WHEN k = 1e3 THEN ' µs' WHEN k = 1e6 THEN ' ms'
			ELSE ' s' END ||
		printf(', %+.1f %% [%+.1f … %+.1f %%]', 100 * (ratio - 1),
			100 * (ratio_lo - 1), 100 * (ratio_hi - 1)) AS says
FROM placed, clock;

-- Last night's values that lie beyond all that their level had, with their interval
-- and by more than the least effect that matters. No claim, for of many series some
-- are always; but a change that will be told begins so. Of fewer than 5 nights before
-- it every third value were the largest or the smallest.
CREATE TABLE outside AS
WITH since AS (SELECT series, max(at) AS at FROM shift GROUP BY series),
newest AS (
	SELECT line.series, line.no, label, newest_at, median, median_lo, median_hi,
		coalesce(since.at, 0) AS level_at
	FROM clock CROSS JOIN node CROSS JOIN line USING (no)
	CROSS JOIN value ON value.series = line.series AND value.at = newest_at
		AND value.run = newest_run
	LEFT JOIN since ON since.series = line.series
	WHERE is_judged AND is_current AND is_wanted AND newest_at > now - 3600 * hours
		AND median > 0 AND verdict <> 'broken'),
held AS (
	SELECT newest.*, effect, count(*) AS nights, min(value.median) AS least,
		max(value.median) AS most
	FROM clock CROSS JOIN newest CROSS JOIN value USING (series)
	WHERE value.at >= level_at AND value.at < newest_at
		AND value.at > now - 366 * 86400 AND value.median > 0
		AND value.verdict <> 'broken'
	GROUP BY newest.series)
SELECT *, median_lo > most AS is_above,
	iif(median_lo > most, median / most, median / least) AS ratio
FROM held WHERE nights >= 5
	AND (median_lo > most * (1 + effect) OR median_hi < least / (1 + effect));
CREATE UNIQUE INDEX outside_by_series ON outside(series);

-- Shifts of one machine that came together are one change. It is for the worse
-- where a single one of them is.
CREATE TABLE moved AS
WITH ranked AS (
	SELECT *, row_number() OVER (PARTITION BY no, change ORDER BY
			abs(ln(ratio)) DESC, series) AS by_size,
		row_number() OVER (PARTITION BY no, change, verdict ORDER BY
			abs(ln(ratio)) DESC, series) AS by_verdict,
		row_number() OVER (PARTITION BY no, change ORDER BY
			strftime('%s', latest) - strftime('%s', earliest),
			abs(ln(ratio)) DESC, series) AS by_place
	FROM shift)
SELECT no, change, sum(verdict = 'slower') AS slower, sum(verdict = 'faster')
		AS faster, iif(sum(verdict = 'slower') > 0, 'slower', 'faster') AS verdict,
	min(told_at) AS told_at, min(is_news) AS is_news, sum(is_news) AS news,
	max(reason) AS reason,
	max(says) FILTER (WHERE verdict = 'slower' AND by_verdict = 1) AS worst,
	max(series) FILTER (WHERE verdict = 'slower' AND by_verdict = 1) AS worst_series,
	max(says) FILTER (WHERE verdict = 'faster' AND by_verdict = 1) AS best,
	max(series) FILTER (WHERE verdict = 'faster' AND by_verdict = 1) AS best_series,
	max(changed) FILTER (WHERE by_place = 1) AS changed,
	max(at) FILTER (WHERE by_place = 1) AS at,
	max(started) FILTER (WHERE by_place = 1) AS started,
	max(last_before) FILTER (WHERE by_place = 1) AS last_before,
	max(earliest) FILTER (WHERE by_place = 1) AS earliest,
	max(latest) FILTER (WHERE by_place = 1) AS latest, max(step) AS step
FROM ranked GROUP BY no, change;

-- The last that is known of a machine's nights, by name: one that never delivered
-- a run is there, too.
CREATE TABLE night AS
WITH ranked AS (
	SELECT *, row_number() OVER (PARTITION BY host ORDER BY began DESC, rowid DESC)
		AS back,
		coalesce(strftime('%s', coalesce(ended, began)) + 0, 0) AS ended_at
	FROM nights WHERE host IS NOT NULL)
SELECT host, began, ended, status, reason, ended_at,
	replace(replace(host, char(10), ' '), char(9), ' ') AS name,
	CASE status WHEN 0 THEN 'done' WHEN 1 THEN 'done, with something slower'
		WHEN 2 THEN 'wrong usage' WHEN 3 THEN 'too noisy'
		WHEN 4 THEN 'broken' ELSE 'status ' || coalesce(status, 'unknown')
		END AS became
FROM ranked WHERE back = 1;

CREATE TABLE level(series INTEGER PRIMARY KEY, level REAL, nights INTEGER);
CREATE TABLE picked(no INTEGER);
INSERT INTO picked VALUES (0);
CREATE TABLE asked(no INTEGER, change INTEGER, series INTEGER);
INSERT INTO asked VALUES (0, 0, 0);
CREATE VIEW scale AS SELECT series, max(k) AS k FROM shift GROUP BY series;
-- Folders that the page links to, as addresses of it; "" where no report is.
CREATE TABLE linked(run INTEGER PRIMARY KEY, href TEXT, report TEXT);

-- The chief points: of each workload, strategy and child with default parameters
-- and no switches the workload's time at that memory which most machines have, of
-- those the largest; the 12 that most machines have.
CREATE TABLE chief AS
WITH candidate AS (
	SELECT workload, strategy, child, backing, coalesce(rss_bytes, -1) AS rss, metric,
		count(DISTINCT no) AS machines, min(series) AS first
	FROM line JOIN node USING (no)
	WHERE is_current AND is_wanted AND parameters = '' AND settings = ''
		AND measured IN ('op', workload)
	GROUP BY workload, strategy, child, backing, rss, metric),
best AS (
	SELECT *, row_number() OVER (PARTITION BY workload, strategy, child
		ORDER BY machines DESC, backing = 'anon' DESC, rss DESC, first) AS nth
	FROM candidate),
placed AS (
	SELECT *, row_number() OVER (ORDER BY machines DESC, first) AS place
	FROM best WHERE nth = 1)
SELECT place, series FROM placed JOIN line USING (workload, strategy, child, backing,
	metric)
WHERE place <= 12 AND coalesce(rss_bytes, -1) = rss AND parameters = ''
	AND settings = '';

-- Where they stand: a row for the newest run on each of a machine's three newest
-- kernels, the newest being the first; and against the median of the newest of all.
CREATE VIEW stands AS
WITH kernels AS (
	SELECT no, kernel, max(at) AS at FROM node JOIN run USING (host, host_id), clock
	WHERE at <= now + 60 AND is_current GROUP BY no, kernel),
newest AS (
	SELECT *, row_number() OVER (PARTITION BY no ORDER BY at DESC) AS nth FROM kernels),
told AS (
	SELECT chief.place, line.label, node.name, newest.kernel, newest.nth, newest.at,
		median, median_lo, median_hi, line.series, node.no
	FROM chief JOIN line USING (series)
	JOIN newest ON newest.no = line.no JOIN node ON node.no = line.no
	JOIN value ON value.series = line.series AND value.at = newest.at
	WHERE newest.nth <= 3 AND median > 0
		AND verdict <> 'broken'),
ranked AS (
	SELECT place, median, row_number() OVER (PARTITION BY place ORDER BY median) AS k,
		count(*) OVER (PARTITION BY place) AS n
	FROM told WHERE nth = 1),
middle AS (
	SELECT place, avg(median) AS median FROM ranked
	WHERE k IN ((n + 1) / 2, (n + 2) / 2) GROUP BY place)
SELECT told.*, told.median / middle.median AS by_middle
FROM told JOIN middle USING (place);
