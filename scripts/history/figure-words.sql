-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure says: title, caption, unit, its four times, and what it shows.
SELECT name || ', change ' || moved.change, line.label,
	'With it: ' || coalesce(moved.changed, 'not known') || iif(moved.reason IS NULL, '',
		'. Accepted: ' || moved.reason),
	iif(line.unit = 'ns', CASE scale.k WHEN 1 THEN 'ns' WHEN 1e3 THEN 'µs'
		WHEN 1e6 THEN 'ms' ELSE 's' END, line.unit),
	max(now - 366 * 86400, (SELECT min(value.at) FROM value
		WHERE value.series = asked.series)) || ' ' ||
	(SELECT max(value.at) FROM value, clock WHERE value.series = asked.series AND
		value.at <= now + 60) || ' ' ||
	strftime('%s', shift.earliest) || ' ' || strftime('%s', shift.latest),
	shift.says || '. ' || slower || ' series slower, ' || faster || ' faster.'
FROM asked JOIN node USING (no) JOIN moved ON moved.no = asked.no
	AND moved.change = asked.change JOIN line ON line.series = asked.series
JOIN scale ON scale.series = asked.series JOIN shift ON shift.series = asked.series
	AND shift.change = asked.change, clock
ORDER BY abs(ln(shift.ratio)) DESC LIMIT 1;
