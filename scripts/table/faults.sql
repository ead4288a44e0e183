-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 3
-- title: Faults
-- needs: points of cow, zero_fill or zero_read
-- note: Faults are those of one sample, counted in the task that touches. A rate by the base page hides that one fault may serve many.
SELECT kind, backing, size AS memory, us AS "per fault µs",
	us_interval AS "95 %",
	minflt AS "faults taken", minflt_expected AS "faults expected",
	printf('%.4g', pages_per_fault) AS "base pages per fault",
	CASE WHEN page_ns < 999.5 THEN rtrim(printf('%#.3g', page_ns), '.')
		ELSE printf('%.15g', printf('%.3g', page_ns)) END
		AS "per base page ns",
	n AS samples, "blocks", extra AS "extra-marked", failed
FROM fault ORDER BY point;
