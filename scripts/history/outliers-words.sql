-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was judged, and how many are outliers.
WITH whole AS (
	SELECT count(*) AS n, count(DISTINCT peers) AS groups,
		count(*) FILTER (WHERE verdict = 'slower') AS slower,
		count(*) FILTER (WHERE verdict = 'faster') AS faster
	FROM outliers WHERE over = 'machine'),
single AS (
	SELECT count(*) FILTER (WHERE verdict = 'slower') AS slower,
		count(*) FILTER (WHERE verdict = 'faster') AS faster
	FROM outliers WHERE over = 'point')
SELECT 'Of ' || n || iif(n = 1, ' machine', ' machines') || ' in ' || groups ||
	iif(groups = 1, ' group', ' groups') || ' of equal hardware and state, ' ||
	whole.slower || iif(whole.slower = 1, ' is', ' are') || ' slower than the others and '
	|| whole.faster || ' faster; of their single points ' || single.slower || ' and ' ||
	single.faster || '.'
FROM whole, single WHERE n > 0;
