-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the history says now, for node_exporter's textfile collector: a line a
-- sample, with its family before it. Names and labels as forkmeter export's.
WITH escaped AS (
	SELECT node.*, '{host="' || replace(replace(replace(host, '\', '\\'), '"', '\"'),
		char(10), '\n') || '",host_id="' || replace(replace(replace(host_id, '\',
		'\\'), '"', '\"'), char(10), '\n') || '"' AS labels
	FROM node WHERE is_current),
judged AS (
	SELECT no, sum(is_wanted AND values_n >= 6) AS n FROM line GROUP BY no),
open AS (
	SELECT no, count(*) AS n FROM moved WHERE verdict = 'slower' AND reason IS NULL
	GROUP BY no),
sample(k, name, unit, help, labels, value) AS (
	SELECT 1, 'forkmeter_history_run_start_time_seconds', 'seconds',
		'When the newest run of the machine began, since the epoch.', labels || '}',
		newest_at FROM escaped
	UNION ALL
	SELECT 2, 'forkmeter_history_runs', '', 'Runs of the machine in the history.',
		labels || '}', runs FROM escaped
	UNION ALL
	SELECT 3, 'forkmeter_history_broken_lines', '',
		'Lines of the newest run that are broken.', labels || '}', broken
	FROM escaped JOIN run ON run.run = newest_run
	UNION ALL
	SELECT 4, 'forkmeter_history_judged_series', '',
		'Series of the machine with enough runs to be judged.', labels || '}',
		coalesce(n, 0) FROM escaped LEFT JOIN judged USING (no)
	UNION ALL
	SELECT 5, 'forkmeter_history_open_changes', '',
		'Changes for the worse that are not accepted.', labels || '}', coalesce(n, 0)
	FROM escaped LEFT JOIN open USING (no)
	UNION ALL
	SELECT 6, 'forkmeter_history_night_status', '',
		'Exit status of the machine''s last night, as nights.tsv has it.',
		'{host="' || replace(replace(replace(host, '\', '\\'), '"', '\"'), char(10),
		'\n') || '"}', status FROM night WHERE status IS NOT NULL
	UNION ALL
	SELECT 7, 'forkmeter_history_night_end_time_seconds', 'seconds',
		'When that night ended, since the epoch.',
		'{host="' || replace(replace(replace(host, '\', '\\'), '"', '\"'), char(10),
		'\n') || '"}', ended_at FROM night WHERE ended_at > 0
	UNION ALL
	SELECT 8 + part, 'forkmeter_history_median' || iif(part = 1, '_lower', '') ||
		iif(part = 2, '_upper', '') || '_seconds', 'seconds', CASE part
			WHEN 0 THEN 'Median of the newest run, of the chief points.'
			WHEN 1 THEN 'Lower end of the 95 % interval of that median.'
			ELSE 'Upper end of the 95 % interval of that median.' END,
		labels || ',workload="' || line.workload || '"' ||
			iif(line.strategy = '', '', ',strategy="' || line.strategy || '"') ||
			iif(line.child = '', '', ',child="' || line.child || '"') ||
			iif(line.backing = '', '', ',backing="' || line.backing || '"') ||
			iif(line.rss_bytes IS NULL, '', ',rss_bytes="' || line.rss_bytes || '"') ||
			',metric="' || line.measured || '"}',
		CASE part WHEN 0 THEN median WHEN 1 THEN median_lo ELSE median_hi END / 1e9
	FROM chief JOIN line USING (series)
	JOIN escaped ON escaped.no = line.no
	JOIN value ON value.series = line.series AND value.at = newest_at
		AND value.run = newest_run
	CROSS JOIN (SELECT 0 AS part UNION ALL SELECT 1 UNION ALL SELECT 2)
	WHERE median > 0 AND verdict <> 'broken'),
held AS (
	SELECT *, row_number() OVER (PARTITION BY k ORDER BY labels) AS nth FROM sample
	WHERE value IS NOT NULL)
SELECT iif(nth > 1, '', '# TYPE ' || name || ' gauge' || char(10) ||
	iif(unit = '', '', '# UNIT ' || name || ' ' || unit || char(10)) || '# HELP ' ||
	name || ' ' || help || char(10)) || name || labels || ' ' ||
	printf('%.10g', value)
FROM held ORDER BY k, nth;
