-- SPDX-License-Identifier: GPL-3.0-or-later
-- How it was measured, with the run's own numbers.
SELECT 'A block is one fresh process that takes up to ' || (SELECT max(samples) FROM blocks) ||
	' samples of one point, after one that is thrown away; a round measures every point once, in a random order drawn from the recorded seed; this run has ' ||
	count(DISTINCT round) || iif(count(DISTINCT round) = 1, ' round', ' rounds') || ' and ' ||
	count(*) || ' whole blocks. ' ||
	'Each median is the exponential of the mean, over blocks, of the logarithm of the block''s median; its 95 % interval is Student''s t over the blocks (k − 1 degrees of freedom), not over the samples, and needs at least 3 blocks. ' ||
	'Outliers stay; samples that failed their proof (fewer faults than there must be, memory that is not what it is called, a child that did not end as it should) are left out and counted. ' ||
	coalesce((SELECT printf('An empty call takes %.3g ns between its two clock reads; nothing is subtracted for it anywhere.', median)
		FROM summary WHERE workload = 'null' AND median IS NOT NULL), '')
FROM blocks WHERE status = 'ok' HAVING count(*) > 0;
