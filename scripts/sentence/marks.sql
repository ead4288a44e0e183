-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was disturbed, marked or out of the ordinary, a paragraph a row.
WITH more AS (SELECT *, row_number() OVER (ORDER BY 1.0 * extra / n DESC, point) AS down
	FROM told WHERE metric = 'op_ns' AND extra > 0)
SELECT sum(extra) || ' samples of ' || count(*) || iif(count(*) = 1, ' point', ' points') ||
	' had extra faults, and are kept because they are part of the tail' ||
	iif(count(*) > 6, '; most of all ', ': ') || (SELECT group_concat(extra || ' of ' || n ||
		' samples of ' || kind || ', ' || backing || ' (' || size || ')', '; ')
		FROM (SELECT * FROM more WHERE down <= 6 ORDER BY down)) || '.'
FROM more HAVING count(*) > 0;

SELECT '‡ marks points where the kernel''s typical count of faults is not the model''s: ' ||
	count(*) || ', named in a table of their own.'
FROM told WHERE verdict = 'disagrees' HAVING count(*) > 0;

SELECT 'In ' || count(*) || ' of ' || (SELECT count(*) FROM told) ||
	' measured points more than a fifth of the samples carry an involuntary switch or a migration (' ||
	printf('%.3g', min(100.0 * disturbed / n)) || ' to ' || printf('%.3g', max(100.0 * disturbed / n)) ||
	' % of them). Long samples are hit more often than short ones, so they are kept and no figure without them is given.'
FROM told WHERE disturbed > n / 5.0 HAVING count(*) > 0;

SELECT 'The hypervisor took ' || sum(steal_ms) || ' ms of the machine''s time during the blocks (steal).'
FROM blocks HAVING sum(steal_ms) > 0;

SELECT 'Huge pages were not to be had at ' || sum(thp_fault_fallback) || ' faults of the machine during the blocks.'
FROM blocks HAVING sum(thp_fault_fallback) > 0;

SELECT count(*) || iif(count(*) = 1, ' point has', ' points have') ||
	' fewer than 3 blocks and therefore no interval: the figures draw the mark without a bar.'
FROM told WHERE median_lo IS NULL HAVING count(*) > 0;
