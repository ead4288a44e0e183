-- SPDX-License-Identifier: GPL-3.0-or-later
-- All nights of the picked machine's series, of a year at most, for page.js: the
-- runs in minutes, each by the one before it; and a series' values in thousandths
-- of its level (logarithms), one a run, null where it has none; its shifts.
WITH held AS MATERIALIZED (
	SELECT run, at, row_number() OVER (ORDER BY at, run) AS k
	FROM picked CROSS JOIN node USING (no) CROSS JOIN run USING (host, host_id), clock
	WHERE at > now - 366 * 86400 AND at <= now + 60),
wanted AS (
	SELECT series, label, unit, level FROM picked CROSS JOIN line USING (no)
	JOIN level USING (series) WHERE level > 0),
strung AS (
	SELECT series, '[' || group_concat(coalesce(x, 'null')) || ']' AS list
	FROM (SELECT wanted.series, iif(median > 0 AND verdict <> 'broken',
			CAST(round(1000 * ln(median / level)) AS INTEGER), NULL) AS x
		FROM wanted CROSS JOIN held LEFT JOIN value
			ON value.series = wanted.series AND value.at = held.at
				AND value.run = held.run
		ORDER BY wanted.series, k) GROUP BY series),
moves AS (
	SELECT series, json_group_array(at / 60) AS list FROM shift GROUP BY series)
SELECT replace(json_object('minutes', (SELECT json_group_array(m) FROM (
		SELECT at / 60 - lag(at / 60, 1, 0) OVER (ORDER BY k) AS m FROM held
		ORDER BY k)),
	'step', (SELECT step / 60 FROM pace JOIN picked USING (no)),
	'series', json(coalesce((SELECT json_group_object(series, json_array(label,
			unit, round(level, 2), json(strung.list),
			json(coalesce(moves.list, '[]'))))
		FROM wanted JOIN strung USING (series) LEFT JOIN moves USING (series)),
		'{}'))), '<', '\u003c');
