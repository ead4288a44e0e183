-- SPDX-License-Identifier: GPL-3.0-or-later
-- Every shift that there is, a row each; the figures show some of them.
SELECT node.name AS machine, shift.change, date(started) AS since, verdict,
	label AS series, 100 * (ratio - 1) AS "by %", 100 * (ratio_lo - 1) AS "by % lo",
	100 * (ratio_hi - 1) AS "by % hi",
	CASE WHEN status = 'accepted' THEN status WHEN is_news THEN 'new' ELSE 'known' END
		|| coalesce(iif(status = 'new', NULL, ', told ' || date(told)), '') AS status,
	iif(unit = 'ns', before / 1e3, NULL) AS "before µs",
	iif(unit = 'ns', after / 1e3, NULL) AS "after µs",
	iif(unit = 'ns', NULL, before) AS "counted before",
	iif(unit = 'ns', NULL, after) AS "counted after",
	runs_before || ' + ' || runs_after AS runs,
	coalesce('accepted: ' || rtrim(reason, ' .') || '. ', '') || changed AS "with it"
FROM shift JOIN node USING (no)
ORDER BY at DESC, no, shift.change, ratio DESC;
