-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of the picked machine: what its newest run was.
SELECT 'Run of ' || run.started || ', kernel ' || kernel || ', hardware ' ||
	node.host_id || '; ' || runs || iif(runs = 1, ' run', ' runs') || ' since ' ||
	date(first_at, 'unixepoch') || iif(is_current, '.',
	'. Its name is on other hardware now.')
FROM picked JOIN node USING (no) JOIN run ON run.run = newest_run;
