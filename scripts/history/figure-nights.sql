-- SPDX-License-Identifier: GPL-3.0-or-later
-- The nights of the figure that is asked for, in the unit of its shift.
SELECT value.at, median / k AS median, coalesce(median_lo, median) / k AS lo,
	coalesce(median_hi, median) / k AS hi
FROM asked JOIN scale USING (series) JOIN value USING (series), clock
WHERE median > 0 AND verdict <> 'broken' AND value.at > now - 366 * 86400
	AND value.at <= now + 60
ORDER BY value.at;
