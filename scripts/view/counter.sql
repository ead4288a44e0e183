-- SPDX-License-Identifier: GPL-3.0-or-later
-- Counters by the operation: the metrics that are no times. A strategy's point is
-- told by what its child does, a walk's by its memory.
CREATE VIEW counter AS
SELECT told.*, kind || coalesce(' + ' || child, '') ||
	iif(backing = 'none', '', ', ' || backing || ' (' || size || ')') AS what
FROM told WHERE metric NOT LIKE '%\_ns' ESCAPE '\' AND unit <> 'ns'
	AND workload <> 'null';
