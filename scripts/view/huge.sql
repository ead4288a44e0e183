-- SPDX-License-Identifier: GPL-3.0-or-later
-- Sizes of pages compared: what fork, the first write after it, a write to all and
-- the first write to fresh memory cost, and how much memory the last one takes.
CREATE VIEW paged AS
WITH unit(suffix, bytes) AS (VALUES ('K', 1024), ('M', 1048576), ('G', 1073741824)),
base AS (SELECT max(value) FILTER (WHERE key = 'page_bytes') AS small,
	max(value) FILTER (WHERE key = 'huge_page_bytes') AS large FROM machine)
SELECT told.*, CASE backing WHEN 'anon' THEN small WHEN 'thp' THEN large
	ELSE CAST(page AS INTEGER) * unit.bytes END AS unit_bytes, small,
	(SELECT min(point) FROM plan WHERE plan.backing = told.backing) AS place,
	trim(replace(',' || coalesce(parameters, '') || ',', ',page=' || coalesce(page, '') || ',',
		','), ',') AS others
FROM told JOIN base LEFT JOIN unit ON unit.suffix = substr(page, -1)
WHERE backing IN ('anon', 'thp', 'mthp', 'hugetlb') AND rss_bytes > 0;

-- part: 1 fork, 2 the first write to a shared page, 3 all of a MiB written after
-- fork, 4 the memory that the first write to a fresh page takes. amount: ns, or
-- bytes.
CREATE VIEW huge AS
WITH taken AS (
	SELECT *, 1 AS part, median AS amount, lo AS amount_lo, hi AS amount_hi
	FROM paged WHERE workload = 'spawn' AND metric = 'spawn_ns' AND others = ''
		AND strategy = 'fork'
	UNION ALL
	SELECT *, 2, median, lo, hi FROM paged
	WHERE workload = 'cow' AND strategy = 'fork' AND others = 'timing=single'
		AND metric = iif(backing = 'anon', 'touch_ns', 'first_touch_ns')
	UNION ALL
	SELECT *, 3, median * minflt_expected * 1048576 / rss_bytes,
		lo * minflt_expected * 1048576 / rss_bytes,
		hi * minflt_expected * 1048576 / rss_bytes FROM paged
	WHERE workload = 'cow' AND strategy = 'fork' AND others = ''
		AND metric = 'op_ns' AND minflt_expected > 0
	UNION ALL
	SELECT *, 4, 1.0 * rss_bytes / minflt, 1.0 * rss_bytes / minflt,
		1.0 * rss_bytes / minflt FROM paged
	WHERE workload = 'zero_fill' AND others = '' AND metric = 'op_ns' AND minflt > 0),
-- In each part the size of memory that most kinds were measured at.
counted AS (
	SELECT *, count(DISTINCT unit_bytes || backing) AS kinds FROM taken
	GROUP BY part, rss_bytes, child),
one AS (SELECT part, rss_bytes, child, row_number() OVER (PARTITION BY part
	ORDER BY kinds DESC, rss_bytes DESC, child = 'exit' DESC) AS nth FROM counted)
SELECT taken.*, CASE WHEN unit_bytes >= 1073741824
		THEN printf('%.4g GiB', unit_bytes / 1073741824.0)
	WHEN unit_bytes >= 1048576 THEN printf('%.4g MiB', unit_bytes / 1048576.0)
	ELSE printf('%.4g KiB', unit_bytes / 1024.0) END AS unit_size
FROM taken JOIN one ON one.part = taken.part AND one.rss_bytes = taken.rss_bytes
	AND one.child IS taken.child AND nth = 1
WHERE unit_bytes > 0 AND unit_bytes <= taken.rss_bytes;
