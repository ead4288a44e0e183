-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Page faults by their cause, where most causes were measured
-- needs: points of cow, zero_fill or another workload of faults
-- note: Each at its largest size. Faults are those of one sample, counted in the task that touches. ‡: the kernel took another count of faults than the model says.
SELECT kind, backing, size AS memory, median / 1e3 AS "a fault µs",
	median_lo / 1e3 AS "a fault µs lo", median_hi / 1e3 AS "a fault µs hi",
	page_ns / 1e3 AS "a page µs", minflt AS faults, minflt_expected AS "the model's"
FROM usual_fault ORDER BY point;
