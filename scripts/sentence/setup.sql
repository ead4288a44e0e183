-- SPDX-License-Identifier: GPL-3.0-or-later
-- Said under the table of the same name.
WITH spent AS (
	SELECT point, sum(measure_ns) AS measure, sum(populate_ns) AS populate,
		max(plan.rss_bytes) AS rss_bytes
	FROM plan JOIN blocks USING (point)
	WHERE blocks.status = 'ok' AND measure_ns IS NOT NULL AND rss_bytes > 0
	GROUP BY point)
SELECT 'At the largest size of the run, ' || iif(rss_bytes >= 1 << 30,
	printf('%.4g GiB', rss_bytes / 1073741824.0),
	printf('%.4g MiB', rss_bytes / 1048576.0)) || ', ' ||
	printf('blocks spent %.3g s measuring and %.3g s filling their memory first.',
		sum(measure) / 1e9, sum(populate) / 1e9)
FROM spent WHERE rss_bytes = (SELECT max(rss_bytes) FROM spent)
HAVING count(*) > 0;
