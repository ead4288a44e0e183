-- SPDX-License-Identifier: GPL-3.0-or-later
-- The nights of the picked machine's sparklines, a line a series and night.
SELECT value.series, value.at, median
FROM picked JOIN line USING (no) JOIN value USING (series), clock
WHERE value.at > now - 86400 * days AND value.at <= now + 60
	AND median > 0 AND verdict <> 'broken'
ORDER BY value.series, value.at;
