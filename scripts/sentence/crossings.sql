-- SPDX-License-Identifier: GPL-3.0-or-later
-- Said in place of the table of the same name where nothing stands in it.
SELECT 'none: over ' || count(DISTINCT percent) || ' shares no line crosses another.'
FROM part WHERE workload = 'wait' AND NOT EXISTS (SELECT * FROM crossing)
HAVING count(DISTINCT strategy) > 1 AND count(DISTINCT percent) > 1;
