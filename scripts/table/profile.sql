-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 9
-- title: Where the kernel spends it
-- needs: a run of forkmeter profile
-- note: Samples inside the timed intervals, of the worker, its children and the idle processor. Self: of a class, those whose nearest function with a class has this one; inclusive: those with such a function anywhere among the callers. Intervals at 95 %, each by itself: over blocks where there are three or more, else of samples as if they were independent. Slower: a block's median while it is sampled by that of the round's block that is not. Classes below 1 % are left out; forkmeter list classes names their functions, shares.tsv has all of them.
SELECT workload, strategy, child, backing, parameters,
	rss_bytes / 1048576.0 AS "memory MiB", name AS class,
	printf('%.1f', 100 * self) AS "self %",
	printf('%.1f … %.1f', 100 * self_lo, 100 * self_hi) AS "95 %",
	printf('%.1f', 100 * inclusive) AS "inclusive %",
	printf('%.1f … %.1f', 100 * inclusive_lo, 100 * inclusive_hi)
		AS "95 % of it",
	self_samples || ' of ' || samples AS samples, "blocks",
	CASE WHEN slower_lo IS NOT NULL THEN printf('%+.1f … %+.1f',
		100 * (slower_lo - 1), 100 * (slower_hi - 1)) END AS "slower %"
FROM spent WHERE inclusive >= 0.01
ORDER BY point, self_samples DESC, inclusive_samples DESC, name;
