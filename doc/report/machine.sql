-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: What the numbers depend on
-- note: Facts as forkmeter found them; machine.json of the run has all of them, with their sources.
WITH wanted(k, key, fact) AS (VALUES (1, 'host', 'host'),
	(2, 'cpu_model', 'processor'), (3, 'cpus', 'processors'),
	(4, 'microcode', 'microcode'), (5, 'virtual_machine', 'virtual machine'),
	(6, 'governor', 'frequency governor'), (7, 'kernel', 'kernel'),
	(8, 'memory_gib', 'memory (GiB)'), (9, 'page_bytes', 'base page (bytes)'),
	(10, 'huge_page_bytes', 'huge page (bytes)'),
	(11, 'thp_enabled', 'transparent huge pages'),
	(12, 'compiler', 'compiler'), (13, 'libc', 'C library'),
	(14, 'worker_linkage', 'measured process'), (15, 'forkmeter', 'forkmeter'),
	(16, 'seed', 'seed'), (17, 'run', 'run'))
SELECT fact, CAST(value AS TEXT) AS value
FROM wanted JOIN machine USING (key) WHERE value IS NOT NULL ORDER BY k;
