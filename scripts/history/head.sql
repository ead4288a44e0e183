-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is said first: who reported, what is new, what is still open.
WITH period AS (
	SELECT *, 'the ' || hours || iif(hours = 1, ' hour', ' hours') || ' before ' ||
		strftime('%Y-%m-%d %H:%M', now, 'unixepoch') || ' UTC' AS within
	FROM clock),
machines AS (
	SELECT sum(newest_at > now - 86400 * days) + (SELECT count(*) FROM night
			WHERE host NOT IN (SELECT host FROM node)
				AND ended_at > now - 86400 * days) AS n,
		sum(newest_at > now - 3600 * hours) AS reported
	FROM node, clock WHERE is_current),
judged AS (
	SELECT sum(is_wanted AND values_n >= 6) AS n, sum(is_wanted AND values_n < 6)
		AS young FROM line),
news AS (
	SELECT coalesce(sum(verdict = 'slower' AND reason IS NULL), 0) AS worse,
		coalesce(sum(verdict = 'faster' AND reason IS NULL), 0) AS better,
		count(DISTINCT iif(verdict = 'slower' AND reason IS NULL, no, NULL)) AS hit
	FROM moved WHERE is_news),
known AS (
	SELECT count(*) AS n, count(DISTINCT no) AS machines FROM moved
	WHERE NOT is_news AND verdict = 'slower' AND reason IS NULL),
said(k, says) AS (
	SELECT 1, CASE WHEN n = 0 THEN 'No machine'
		WHEN reported < n THEN reported || ' of ' || n ||
			iif(n = 1, ' machine', ' machines')
		WHEN n = 1 THEN 'The machine' ELSE 'All ' || n || ' machines' END ||
		' reported in ' || within || iif(n = 0, ', and none in the ' || days ||
		' days before', '') || '.' FROM machines, period
	UNION ALL
	SELECT 2, 'Nothing changed: of ' || n || ' judged series none has a new shift.'
	FROM judged, news, clock WHERE n > 0 AND is_judged
		AND NOT EXISTS (SELECT * FROM shift WHERE is_news)
	UNION ALL
	SELECT 2, 'New: ' || worse || iif(worse = 1, ' change', ' changes') ||
		' for the worse' || iif(worse > 0, ', on ' || hit ||
		iif(hit = 1, ' machine', ' machines'), '') || '; ' || better ||
		' for the better. ' || n || ' series were judged.'
	FROM judged, news, clock WHERE n > 0 AND is_judged AND EXISTS (SELECT * FROM shift WHERE is_news)
	UNION ALL
	SELECT 3, young || iif(young = 1, ' series has', ' series have') ||
		' fewer than 6 runs, and ' || iif(young = 1, 'is', 'are') || ' not judged yet.'
	FROM judged WHERE young > 0
	UNION ALL
	SELECT 3, n || ' series ' || iif(n = 1, 'is', 'are') || ' outside everything that ' ||
		iif(n = 1, 'its', 'their') || ' level had, by more than ' ||
		printf('%g', 100 * effect) || ' %, on ' || machines ||
		iif(machines = 1, ' machine', ' machines') ||
		'. That is no change yet: to tell one takes more nights that agree.'
	FROM clock, (SELECT count(*) AS n, count(DISTINCT no) AS machines FROM outside)
	WHERE n > 0
	UNION ALL
	SELECT 4, 'Open from before: ' || n || iif(n = 1, ' change', ' changes') ||
		' for the worse on ' || machines || iif(machines = 1, ' machine',
		' machines') || ', not accepted.' FROM known WHERE n > 0)
SELECT says FROM said ORDER BY k;
