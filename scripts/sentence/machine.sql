-- SPDX-License-Identifier: GPL-3.0-or-later
-- The machine in words. What machine.json does not hold, no sentence claims.
CREATE TEMP TABLE m AS SELECT
	max(value) FILTER (WHERE key = 'host') AS host,
	max(value) FILTER (WHERE key = 'cpu_model') AS cpu,
	max(value) FILTER (WHERE key = 'architecture') AS arch,
	max(value) FILTER (WHERE key = 'microcode') AS microcode,
	max(value) FILTER (WHERE key = 'virtual_machine') AS virtual,
	max(value) FILTER (WHERE key = 'cpus') AS cpus,
	max(value) FILTER (WHERE key = 'cores') AS cores,
	max(value) FILTER (WHERE key = 'packages') AS packages,
	max(value) FILTER (WHERE key = 'numa_nodes') AS nodes,
	max(value) FILTER (WHERE key = 'worker_cpu') AS worker,
	max(value) FILTER (WHERE key = 'driver_cpu') AS driver,
	max(value) FILTER (WHERE key = 'governor') AS governor,
	max(value) FILTER (WHERE key = 'kernel') AS kernel,
	max(value) FILTER (WHERE key = 'memory_bytes') / 1073741824.0 AS memory,
	max(value) FILTER (WHERE key = 'memory_available_bytes') / 1073741824.0 AS available,
	max(value) FILTER (WHERE key = 'page_bytes') AS page,
	max(value) FILTER (WHERE key = 'huge_page_bytes') AS huge,
	max(value) FILTER (WHERE key = 'thp_enabled') AS thp,
	max(value) FILTER (WHERE key = 'thp_defrag') AS defrag,
	max(value) FILTER (WHERE key = 'damon_running') AS damon,
	max(value) FILTER (WHERE key = 'cgroup_memory_depth') AS depth,
	max(value) FILTER (WHERE key = 'libc') AS libc,
	max(value) FILTER (WHERE key = 'worker_linkage') AS linkage,
	max(value) FILTER (WHERE key = 'compiler') AS compiler,
	max(value) FILTER (WHERE key = 'compiler_flags') AS flags,
	max(value) FILTER (WHERE key = 'forkmeter') AS forkmeter,
	max(value) FILTER (WHERE key = 'clock') AS clock,
	max(value) FILTER (WHERE key = 'clock_resolution_ns') AS resolution,
	max(value) FILTER (WHERE key = 'clock_step_ns') AS step,
	max(value) FILTER (WHERE key = 'clock_cost_ns') AS cost,
	max(value) FILTER (WHERE key = 'hardware_counters') AS counters,
	max(value) FILTER (WHERE key = 'hardware_counters_why') AS counters_why,
	max(value) FILTER (WHERE key = 'load_average') AS load,
	max(value) FILTER (WHERE key = 'started') AS started,
	max(value) FILTER (WHERE key = 'command') AS command,
	max(value) FILTER (WHERE key = 'seed') AS seed
FROM machine;

SELECT group_concat(says, ' ') FROM (
	SELECT coalesce(host, 'The machine') || ' has ' ||
		coalesce(cpus || ' processor' || iif(cpus = 1, '', 's') ||
			coalesce(' (' || cores || ' core' || iif(cores = 1, '', 's') ||
			', ' || packages || ' package' || iif(packages = 1, '', 's') ||
			', ' || nodes || ' NUMA node' || iif(nodes = 1, '', 's') || ')', ''),
			'processors') ||
		' of the model ' || coalesce(cpu, '(not told)') ||
		coalesce(', ' || arch, '') || coalesce(', microcode ' || microcode, '') || '.' AS says
	FROM m
	UNION ALL SELECT CASE virtual WHEN 'yes' THEN 'It is a virtual machine, so a hypervisor stands between it and the hardware.'
		WHEN 'no' THEN 'It is not a virtual machine.'
		ELSE 'Whether it is a virtual machine is not known.' END FROM m
	UNION ALL SELECT 'It runs Linux ' || kernel || '.' FROM m
	UNION ALL SELECT printf('It has %.3g GiB of memory', memory) ||
		iif(available IS NULL, '', printf(', %.3g of them available at the start', available)) || '.'
		FROM m WHERE memory IS NOT NULL
	UNION ALL SELECT printf('A base page is %g KiB', page / 1024.0) ||
		CASE WHEN huge > 0 THEN printf(', a huge page %g MiB', huge / 1048576.0) ELSE '' END || '.'
		FROM m WHERE page IS NOT NULL
	UNION ALL SELECT 'Transparent huge pages are set to ' ||
		CASE WHEN instr(thp, '[') THEN substr(thp, instr(thp, '[') + 1, instr(thp, ']') - instr(thp, '[') - 1) ELSE thp END ||
		coalesce(' (defrag ' || CASE WHEN instr(defrag, '[') THEN substr(defrag, instr(defrag, '[') + 1,
			instr(defrag, ']') - instr(defrag, '[') - 1) ELSE defrag END || ')', '') || '.' FROM m
	UNION ALL SELECT CASE WHEN damon = 0 THEN 'DAMON was not at work.'
		ELSE damon || ' DAMON thread' || iif(damon = 1, ' was', 's were') || ' at work.' END FROM m
	UNION ALL SELECT 'The frequency governor is ' || governor || '.' FROM m
	UNION ALL SELECT 'The load average at the start was ' || load || '.' FROM m);

SELECT group_concat(says, ' ') FROM (
	SELECT 'The measured process ran on processor ' || worker ||
		coalesce(CASE WHEN driver = worker THEN ', and so did the driver'
			ELSE ', the driver on processor ' || driver END, '') || '.' AS says FROM m
	UNION ALL SELECT 'The worker is linked ' || linkage || coalesce(' with ' || libc, '') ||
		coalesce(', built by compiler ' || compiler, '') || coalesce(' with ' || flags, '') || '.' FROM m
	UNION ALL SELECT CASE depth WHEN 0 THEN 'It ran in the root memory cgroup.'
		ELSE 'It ran in a memory cgroup ' || depth || ' level' || iif(depth = 1, '', 's') ||
		' below the root, whose accounting makes processes dearer than in the root.' END
		FROM m WHERE depth IS NOT NULL
	UNION ALL SELECT 'The clock is ' || clock || ': resolution ' || resolution || ' ns' ||
		coalesce(', least step seen ' || step || ' ns', '') ||
		coalesce(', one read costs ' || cost || ' ns', '') || '.' FROM m
	UNION ALL SELECT CASE WHEN counters IS NOT NULL THEN 'Hardware counters open (' || counters || ').'
		ELSE 'Hardware counters do not open here (' || counters_why || ').' END FROM m);

SELECT 'Measured ' || replace(replace(started, 'T', ' '), 'Z', ' UTC') ||
	coalesce(' by forkmeter ' || forkmeter, '') ||
	coalesce(' with: ' || command, '') ||
	coalesce(' (seed ' || seed || ')', '') || '.' FROM m;
