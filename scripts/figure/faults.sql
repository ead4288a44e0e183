-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 8
-- title: What a fault costs, by the base page and by the fault
-- needs: points of cow, zero_fill or another workload of faults, with default parameters
SELECT row_number() OVER (ORDER BY point) AS y,
	kind || ', ' || backing || iif(size = usual, '', ' (' || size || ')') AS label,
	printf('%.4g', pages_per_fault) AS says, usual || iif(min(size) OVER () =
		max(size) OVER (), '', ', where no other size stands') AS size,
	page_ns AS ns, page_lo AS lo, page_hi AS hi,
	median AS fault_ns, lo AS fault_lo, hi AS fault_hi,
	pages_per_fault > 1.5 AS wide,
	CASE WHEN pages_per_fault > 1.5 THEN max(hi, page_hi) ELSE page_hi END
		AS most, page_bytes AS page,
	coalesce(colour, 0x333333) AS colour, max(mark <> '') OVER () AS marked
FROM usual_fault, (SELECT size AS usual FROM usual_fault GROUP BY size
	ORDER BY count(*) DESC, rss_bytes LIMIT 1)
ORDER BY point;
