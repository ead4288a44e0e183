-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 1
-- title: Making a process: how its times are spread
-- needs: samples of spawn, start or wait with the backing none, whose child does exit or exec
SELECT y, label || ' + ' || child AS label, step, workload, bin_from AS "from",
	bin_until AS until, share, colour, ns, lo, hi, late, most, p99
FROM spread_times ORDER BY y, step, "from";
