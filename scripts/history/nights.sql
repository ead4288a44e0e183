-- SPDX-License-Identifier: GPL-3.0-or-later
-- The nights of the picked machine's sparklines, a line a series and night. CROSS
-- JOIN, here and in its neighbours, because the planner would read all values of all
-- machines first.
SELECT value.series, value.at, median
FROM clock CROSS JOIN picked CROSS JOIN line USING (no) CROSS JOIN value USING (series)
WHERE value.at > now - 86400 * days AND value.at <= now + 60
	AND median > 0 AND verdict <> 'broken'
ORDER BY value.series, value.at;
