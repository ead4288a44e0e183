-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 9
-- title: Copy-on-write by hand, beside the kernel's own
-- needs: points of user_cow
-- note: By the page that is written. The kernel's own is cow after fork with the like backing, at the size that is nearest. read(2): what the kernel's own write into a protected page gave.
WITH own AS (
	SELECT hand.point, kernel.time AS own_time, kernel.size AS own_size,
		hand.page_ns / kernel.page_ns AS times,
		row_number() OVER (PARTITION BY hand.point ORDER BY
			abs(ln(1.0 * kernel.rss_bytes / hand.rss_bytes)), kernel.point) AS nth
	FROM walk AS hand JOIN walk AS kernel USING (backing)
	WHERE hand.workload = 'user_cow' AND kernel.workload = 'cow'
		AND kernel.strategy = 'fork' AND kernel.parameters IS NULL)
SELECT mechanism, handler, nullif(trim(replace(replace(',' ||
		coalesce(parameters, '') || ',', ',mechanism=' || mechanism || ',', ','),
		',handler=' || handler || ',', ','), ','), '') AS parameters,
	backing, size AS memory,
	page_ns / 1e3 AS "a page µs",
	iif(median_lo IS NULL, NULL, page_lo / 1e3) AS "a page µs lo",
	iif(median_lo IS NULL, NULL, page_hi / 1e3) AS "a page µs hi",
	own_time || ' at ' || own_size AS "kernel's own",
	times AS "times that",
	minflt AS "faults taken",
	(SELECT group_concat(DISTINCT kernel_write) FROM blocks
		WHERE blocks.point = walk.point AND status = 'ok') AS "read(2)"
FROM walk LEFT JOIN own ON own.point = walk.point AND nth = 1
WHERE workload = 'user_cow' ORDER BY walk.point;
