-- SPDX-License-Identifier: GPL-3.0-or-later
-- Where the machine of that series came into another state; the newest eight.
WITH ordered AS (
	SELECT at, kernel, machine, lag(machine) OVER run_by_time AS was,
		lag(kernel) OVER run_by_time AS old
	FROM asked JOIN node USING (no) JOIN run USING (host, host_id), clock
	WHERE at <= now + 60 AND at > now - 366 * 86400
	WINDOW run_by_time AS (ORDER BY at, run))
SELECT at, replace(label, '"', '”') AS label FROM (
	SELECT at, iif(kernel <> old, iif(length(kernel) > 16,
		substr(kernel, 1, 15) || '…', kernel), 'state') AS label
	FROM ordered WHERE machine <> was ORDER BY at DESC LIMIT 8)
ORDER BY at;
