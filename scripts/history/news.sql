-- SPDX-License-Identifier: GPL-3.0-or-later
-- What somebody must know in the morning, an item a line, in the order of the
-- page: its heading, the machine, what is said, what else, and a part of the page
-- that shows it. A heading's number comes first, so that order holds.
WITH place AS (
	SELECT moved.*, node.name, iif(coalesce(step, 86400) >= 43200, '%Y-%m-%d',
		'%Y-%m-%d %H:%M') AS day
	FROM moved JOIN node USING (no)),
dated AS (
	SELECT *, strftime(day, started) AS since, iif(earliest <> latest,
		' (or between ' || strftime(day, earliest) || ' and ' ||
		strftime(day, latest) || ')', '') AS doubt
	FROM place),
told AS (
	SELECT *, 'since ' || since || doubt || ', ' || CASE
		WHEN slower > 0 THEN slower || iif(slower = 1, ' series', ' series') ||
			' slower' || iif(slower = 1, ': ', ', most ') || worst ||
			iif(faster > 0, '; ' || faster || ' faster' || iif(faster = 1, ': ',
			', most ') || best, '')
		ELSE faster || ' series faster' || iif(faster = 1, ': ', ', most ') || best
		END || '.' AS says,
		'With it: ' || coalesce(changed, 'not known') || '.' AS besides
	FROM dated),
beyond AS (
	SELECT outside.*, name, row_number() OVER (PARTITION BY no
		ORDER BY abs(ln(ratio)) DESC, series) AS place FROM outside JOIN node USING (no)),
latest AS (
	SELECT node.*, night.status, night.became, night.reason, ended_at
	FROM node LEFT JOIN night ON night.host = node.host AND is_current),
aged AS (
	SELECT latest.*, now - newest_at AS age, newest_at <= now - 3600 * hours AS is_late,
		coalesce(ended_at > now - 3600 * hours, 0) AS has_night
	FROM latest, clock),
item(k, heading, name, says, besides, anchor, size) AS (
	SELECT 1, 'For the worse', name, says, besides, 'change-' || no || '-' || change,
		-slower
	FROM told WHERE is_news AND verdict = 'slower' AND reason IS NULL
	UNION ALL
	SELECT 2, 'For the better', name, says, besides, 'change-' || no || '-' || change,
		-faster
	FROM told WHERE is_news AND verdict = 'faster' AND reason IS NULL
	UNION ALL
	SELECT 2.5, 'Outside all that their level had, and no change yet', name,
		sum(is_above) || ' above, ' || sum(NOT is_above) || ' below; most ' ||
		max(label) FILTER (WHERE place = 1) || ': ' ||
		max(printf('%+.1f %% against the %s of %d nights', 100 * (ratio - 1),
			iif(is_above, 'highest', 'lowest'), nights)) FILTER (WHERE place = 1) ||
		'.', '', 'machine-' || no, -count(*)
	FROM beyond GROUP BY no
	UNION ALL
	SELECT 3, 'More series that moved with a change told before', name,
		news || iif(news = 1, ' more series of the change ', ' more series of the change ')
		|| says, besides, 'change-' || no || '-' || change, -news
	FROM told WHERE NOT is_news AND news > 0
	UNION ALL
	SELECT 4, 'Accepted, told last night', name, says, 'Accepted: ' || rtrim(reason, ' .') || '. ' ||
		besides, 'change-' || no || '-' || change, 0
	FROM told WHERE is_news AND reason IS NOT NULL
	UNION ALL
	SELECT 5, 'Did not report', name, 'newest run ' || printf(iif(age < 48 * 3600,
		'%.0f hours', '%.0f days'), age / iif(age < 48 * 3600, 3600.0, 86400.0)) ||
		' ago, ' || strftime('%Y-%m-%d %H:%M', newest_at, 'unixepoch') || ' UTC.',
		CASE WHEN has_night THEN 'Its night: ' || became ||
			coalesce(', ' || rtrim(reason, ' .'), '') || '.'
		WHEN (SELECT count(*) FROM nights) = 0 THEN
			'Nothing tells what became of its night (no nights.tsv).'
		ELSE 'Nothing of last night is in nights.tsv.' END, 'machine-' || no, -age
	FROM aged, clock WHERE is_current AND is_late AND age <= 86400 * days
	UNION ALL
	SELECT 5, 'Did not report', name, 'no run of it is in the history.',
		'Its newest night, ' || began || ': ' || became || coalesce(', ' || rtrim(reason, ' .'), '')
		|| '.', '', 0
	FROM night, clock WHERE host NOT IN (SELECT host FROM node)
		AND ended_at > now - 86400 * days
	UNION ALL
	SELECT 6, 'Reported, with trouble', name, became || coalesce(', ' || rtrim(reason, ' .'), '') ||
		'.', '', 'machine-' || no, 0
	FROM aged WHERE is_current AND NOT is_late AND has_night
		AND (status NOT IN (0, 1) OR reason IS NOT NULL)
	UNION ALL
	SELECT 7, 'Broken points', name, count(*) || iif(count(*) = 1, ' line', ' lines') ||
		' of its newest run: ' || group_concat(label, '; ') || '.', '', 'machine-' || no,
		-count(*)
	FROM (SELECT node.no, node.name, label FROM node JOIN line USING (no)
		JOIN value ON value.series = line.series AND value.at = newest_at
			AND value.run = newest_run
		WHERE verdict = 'broken' AND is_current ORDER BY line.series)
	GROUP BY no
	UNION ALL
	SELECT 8, 'New machines', name, runs || ' of the 6 runs that judging takes: ' ||
		(6 - runs) || ' more.', '', 'machine-' || no, runs
	FROM aged WHERE is_current AND runs < 6
	UNION ALL
	SELECT 9, 'Clocks', replace(host, char(10), ' '), count(*) ||
		iif(count(*) = 1, ' run begins', ' runs begin') ||
		' later than now: its clock was, or ours is, wrong; left out here.', '', '', 0
	FROM run, clock WHERE at > now + 60 GROUP BY host
	UNION ALL
	SELECT 12, 'Silent for more than ' || days || ' days', name, 'newest run ' ||
		date(newest_at, 'unixepoch') || '.', '', 'machine-' || no, -age
	FROM aged, clock WHERE is_current AND age > 86400 * days
	UNION ALL
	SELECT 10, 'Open from before', name, says, besides, 'change-' || no || '-' ||
		change, -at
	FROM told WHERE NOT is_news AND verdict = 'slower' AND reason IS NULL
	UNION ALL
	SELECT 11, 'Accepted before', name, says, 'Accepted: ' || rtrim(reason, ' .') || '. ' || besides,
		'change-' || no || '-' || change, -at
	FROM told WHERE NOT is_news AND reason IS NOT NULL)
SELECT k, heading, name, replace(replace(says, char(10), ' '), char(9), ' '),
	replace(replace(besides, char(10), ' '), char(9), ' '), anchor
FROM item ORDER BY k, size, name, anchor;
