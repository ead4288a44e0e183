-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 11
-- title: How many single faults take longer
-- needs: points with timing=single and otherwise default parameters
WITH line AS (
	SELECT point, metric, what, coalesce(colour, 0x333333) AS colour,
		row_number() OVER (ORDER BY point, metric DESC) AS series
	FROM single),
bin AS (
	SELECT point, metric, from_ns, sum(count) AS count FROM histograms
	WHERE block IN (SELECT block FROM blocks WHERE status = 'ok')
	GROUP BY point, metric, from_ns)
SELECT series, (SELECT count(*) FROM line) AS lines, what AS label, colour, from_ns AS ns,
	1.0 * sum(count) OVER up / sum(count) OVER (PARTITION BY series) AS share
FROM line JOIN bin USING (point, metric) WHERE series <= 9
WINDOW up AS (PARTITION BY series ORDER BY from_ns DESC)
ORDER BY series, from_ns;
