-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 10
-- title: Where the kernel takes another count of faults than the model says
-- needs: points whose faults the model counts
-- note: Findings, not failures: one of the two is wrong about the other, and times and counts stand in all tables and figures.
SELECT workload, strategy, backing, size AS memory, parameters,
	minflt AS "faults, typically", minflt_expected AS "the model's",
	printf('%+d', minflt - minflt_expected) AS difference, n AS samples,
	"blocks", extra AS "with more"
FROM told WHERE verdict = 'disagrees' ORDER BY point;
