-- SPDX-License-Identifier: GPL-3.0-or-later
-- What differs between two machines, of what their numbers depend on.
WITH listed(words) AS (
	SELECT group_concat(value, ' ') FROM (
		SELECT key, value FROM main.machine UNION ALL
		SELECT key, value FROM other.machine)
	WHERE key IN ('host_keys', 'state_keys')),
fact(key) AS (SELECT key FROM main.machine UNION SELECT key FROM other.machine)
SELECT fact.key AS fact, one.value AS "run 1", two.value AS "the other"
FROM fact JOIN listed LEFT JOIN main.machine AS one ON one.key = fact.key
LEFT JOIN other.machine AS two ON two.key = fact.key
WHERE one.value IS NOT two.value AND (fact.key IN ('boot_id', 'command', 'started')
	OR instr(' ' || words || ' ', ' ' || fact.key || ' '))
ORDER BY fact.key;
