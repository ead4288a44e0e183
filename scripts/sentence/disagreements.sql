-- SPDX-License-Identifier: GPL-3.0-or-later
-- Said under the table of the same name, or in its place.
SELECT iif(no = 0, 'none: at ', 'At ') || (n - no) || ' of the ' || n ||
	' measured points whose faults the model counts, the typical count is the model''s' ||
	iif(no = 0, '', '; at ' || no || ' it is not') || '.'
FROM (SELECT count(*) AS n, count(*) FILTER (WHERE verdict = 'disagrees') AS no
	FROM told WHERE metric = 'op_ns' AND minflt_expected IS NOT NULL)
WHERE n > 0;
