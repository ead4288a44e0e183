-- SPDX-License-Identifier: GPL-3.0-or-later
-- The changes that are drawn, each by the series that moved most: last night's,
-- then those that are open, then the others, the newest first.
SELECT no, change, coalesce(worst_series, best_series)
FROM moved WHERE coalesce(worst_series, best_series) IS NOT NULL
ORDER BY NOT is_news, reason IS NOT NULL, verdict = 'faster', at DESC, no, change;
