-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 9
-- title: Counters by the operation
-- needs: counters, which forkmeter run counts where the machine has them
-- note: Means over blocks of their medians, as times are. counted.NAME is the time NAME of blocks that count, against which others tell what counting costs.
SELECT kind, child, backing, size AS memory, metric, unit, median AS count,
	median_lo AS "count lo", median_hi AS "count hi", n AS samples, "blocks"
FROM told WHERE unit <> 'ns' ORDER BY point, metric;
