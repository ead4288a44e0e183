-- SPDX-License-Identifier: GPL-3.0-or-later
-- A warning for the head of the page, where one is due.
SELECT count(*) || ' of ' || (SELECT count(*) FROM summary) || ' points ' ||
	iif(count(*) = 1, 'is', 'are') || ' broken (over 0.1 % of the samples failed their proof) and left out of figures and tables; the last table names them.'
FROM summary WHERE verdict LIKE 'broken%' HAVING count(*) > 0;

SELECT count(*) || ' of ' || (SELECT count(*) FROM blocks) || ' blocks did not end well; the last table gives the reasons.'
FROM blocks WHERE status <> 'ok' HAVING count(*) > 0;

SELECT 'The run was cut short: ' || count(*) || ' of the plan''s points were never measured.'
FROM plan WHERE status = 'measure' AND point NOT IN (SELECT point FROM blocks) HAVING count(*) > 0;

SELECT 'This run was slowed on purpose (--inject ' || value || ', in ns), to test what finds differences: its figures are not this machine''s.'
FROM machine WHERE key = 'inject' AND value IS NOT NULL;

SELECT 'This run was measured under an emulator (' || value || '): its times are the emulator''s, not those of a processor.'
FROM machine WHERE key = 'emulator' AND value IS NOT NULL;
