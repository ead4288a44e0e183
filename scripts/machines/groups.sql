-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Groups of equal hardware and state
-- needs: runs
-- note: The facts of hardware and state in which the groups differ, without those that come with another kernel's version.
SELECT peers AS "group", machines, hardware, kernel,
	(SELECT group_concat(key || ': ' || substr(value, 1, 60), '; ') FROM (
		SELECT key, value FROM differs WHERE differs.peers = team.peers
		ORDER BY key)) AS "what differs"
FROM team ORDER BY peers;
