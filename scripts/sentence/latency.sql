-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the same name shows, a row a child: the least and the
-- most of the longest interval that the run has.
WITH shown AS (
	SELECT *, CASE workload WHEN 'wait' THEN 'call to child reaped'
			WHEN 'start' THEN 'call to the child''s first instruction'
			ELSE 'call to its return' END AS what
	FROM told WHERE rss_bytes = 0 AND parameters IS NULL
		AND child IN ('exit', 'exec') AND metric = workload || '_ns'
		AND workload = (SELECT workload FROM told
			WHERE rss_bytes = 0 AND parameters IS NULL
			AND child IN ('exit', 'exec') AND metric IN ('spawn_ns', 'start_ns', 'wait_ns')
			ORDER BY workload = 'wait' DESC, workload = 'start' DESC LIMIT 1)),
ends AS (
	SELECT *, row_number() OVER (PARTITION BY child ORDER BY median) AS up,
		row_number() OVER (PARTITION BY child ORDER BY median DESC) AS down
	FROM shown)
SELECT 'From the ' || least.what || ' when the child does ' || least.child || ': ' ||
	CASE WHEN least.point = most.point THEN least.label || ' ' || least.time
	ELSE 'the least is ' || least.label || ' with ' || least.time ||
		', the most ' || most.label || ' with ' || most.time || ', ' ||
		rtrim(printf('%#.3g', coalesce(ratio, most.median / least.median)), '.') ||
		' times as much' || iif(lacks IS NULL, printf(' (95 %%: %.15g … %.15g)',
			printf('%.3g', ratio.lo), printf('%.3g', ratio.hi)), '')
	END || '.'
FROM ends AS least JOIN ends AS most USING (child)
JOIN ratio ON one = most.point AND one_metric = most.metric
	AND ratio.other = least.point AND other_metric = least.metric
WHERE least.up = 1 AND most.down = 1 ORDER BY least.point;
