-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 4
-- title: Faults, and what the model says of them
-- needs: points of cow, zero_fill or another workload of faults
-- note: Faults are those of one sample, counted in the task that touches. A rate by the base page hides that one fault may serve many. copied, cleared and frames: what the model says of one sample; private: base pages that were found to be the writer's alone. ‡: the kernel took another count of faults than the model says; there, too, a sample's time is divided by the model's.
SELECT kind, walk.backing, size AS memory,
	iif(minflt_expected > 0, median / 1e3, NULL) AS "per fault µs",
	iif(minflt_expected > 0, median_lo / 1e3, NULL) AS "per fault µs lo",
	iif(minflt_expected > 0, median_hi / 1e3, NULL) AS "per fault µs hi",
	page_ns AS "per base page ns",
	iif(minflt_expected > 0, printf('%.4g', pages_per_fault), NULL) AS "base pages per fault",
	minflt AS "faults taken", minflt_expected AS "the model's",
	model_copied AS copied, model_zeroed AS cleared, model_frames AS frames,
	found AS private, n AS samples, "blocks", extra AS "extra-marked", failed
FROM walk JOIN plan USING (point)
LEFT JOIN (SELECT point, min(private_pages) || iif(min(private_pages) =
		max(private_pages), '', ' … ' || max(private_pages)) AS found
	FROM blocks WHERE status = 'ok' GROUP BY point) USING (point)
ORDER BY point;
