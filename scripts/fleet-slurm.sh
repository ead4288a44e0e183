# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# For scripts/fleet: machines that Slurm knows. Each has a job array of one task
# that is bound to it. One array of all was tried, each task bound by scontrol
# update ReqNodeList: at the first task that cannot start yet slurmctld leaves out
# all others of the same array (reject_array_job), so one node that was down kept
# the others waiting until the deadline.
# shellcheck disable=SC2154 # id, fleet, tmp and what was asked are fleet's

# slurmctld may not answer, and Slurm's commands then wait for minutes.
ask() {
	timeout -k 5 20 "$@"
}

slurm_need() {
	need sbatch slurm-client
	need squeue slurm-client
	need scontrol slurm-client
	need sinfo slurm-client
}

# $tmp/nodes: name and number of each node that was asked for.
slurm_nodes() {
	ask sinfo -h -N -o '%N|%P|%f|%T' >"$tmp/sinfo" 2>"$tmp/why" ||
		die 4 "slurmctld does not answer: $(tail -n 1 "$tmp/why" |
			sed 's/^[^:]*: *//'); see scontrol ping"
	in_partition="\\*\$"
	[ -z "$partition" ] || in_partition="^$partition\\*?\$"
	case $partition in *[!A-Za-z0-9._-]*) die 2 "--partition: '$partition'" ;; esac
	awk -F'|' -v p="$in_partition" '$2 ~ p' "$tmp/sinfo" >"$tmp/there"
	[ -s "$tmp/there" ] || die 2 "--partition: Slurm has ${partition:-no default
}${partition:+no such partition}; there is $(cut -d'|' -f 2 "$tmp/sinfo" |
		tr -d '*' | sort -u | tr '\n' ' ')"
	case $feature in
	*[!A-Za-z0-9._=\&\|-]* | *\&*\|* | *\|*\&*) die 2 "-C: want F, F&G or \
F|G, not '$feature'" ;;
	esac
	awk -F'|' -v want="$feature" '
		function has(f, list) { return index("," list ",", "," f ",") }
		BEGIN { all = index(want, "&"); n = split(want, f, /[&|]/) }
		{ got = 0
		  for (i = 1; i <= n; i++) got += !!has(f[i], $3)
		  if (!n || (all ? got == n : got > 0)) print $1 }' "$tmp/there" |
		sort -u >"$tmp/fit"
	[ -s "$tmp/fit" ] || die 2 "-C: no node there has the feature '$feature'; \
there is $(cut -d'|' -f 3 "$tmp/there" | tr ',' '\n' | sort -u | tr '\n' ' ')"
	if [ -n "$nodes" ]; then
		ask scontrol show hostnames "$nodes" >"$tmp/asked" 2>"$tmp/why" ||
			die 2 "--nodes: $(tail -n 1 "$tmp/why")"
		sort -u "$tmp/asked" >"$tmp/wanted"
		no=$(comm -13 "$tmp/fit" "$tmp/wanted" | tr '\n' ' ')
		[ -z "$no" ] || die 2 "--nodes: no such node, or not in that \
partition or without that feature: $no"
		mv "$tmp/wanted" "$tmp/fit"
	fi
	awk -v OFS='\t' '{ print $1, NR }' "$tmp/fit" >"$tmp/nodes"
	while read -r name _; do check_name "$name"; done <"$tmp/nodes"
}

slurm_submit() { # [echo] RUN-ARGUMENTS...
	try=$1
	shift
	exec 3>&1
	minutes=$(((seconds + 119) / 60)) # as Slurm counts, with time to return
	shared=$fleet log=$fleet/log/%x
	[ -z "$copy" ] || shared='' log=/dev/null
	last=$((wait + minutes * 60))
	jobs=''
	while read -r name n; do
		[ -z "$copy" ] && log=$fleet/log/$name
		job=$(submit sbatch --parsable "--job-name=fleet-$id" "--array=$n" \
			--exclusive --nodes=1 "--nodelist=$name" --requeue \
			${feature:+"--constraint=$feature"} \
			${partition:+"--partition=$partition"} "--time=$minutes" \
			"--deadline=now+${last}seconds" "--output=$log" \
			--open-mode=append "$here/fleet-task" batch "$id" "$name" \
			"$seconds" "$on_node" "$shared" "$@") || exit
		[ -z "$try" ] || continue
		jobs=$jobs:${job%%;*}
		printf '%s\t%s\n' "$name" "${job%%;*}" >>"$fleet/jobs.tsv"
	done <"$tmp/nodes"
	if [ -n "$copy" ]; then
		if [ -n "$try" ]; then
			quote "$here/fleet" keep "$id" && echo
		else
			keep_going
		fi
		return
	fi
	[ -z "$try" ] || jobs=:JOBS
	# Waits for all of them, however they end.
	job=$(submit sbatch --parsable "--job-name=fleet-$id-last" --nodes=1 \
		"--dependency=afterany$jobs" --requeue --time=120 \
		${partition:+"--partition=$partition"} \
		"--deadline=now+$((last + 10800))seconds" \
		"--output=$fleet/collect.log" --open-mode=append \
		--wrap="exec '$here/fleet' collect '$id' >/dev/null") || exit
	[ -n "$try" ] || printf '%s\n' "${job%%;*}" >"$fleet/last-job"
}

submit() { # COMMAND...: shown by --dry-run; what was submitted goes if it fails
	if [ -n "$try" ]; then
		printf '%s\n' "$(quote "$@")" >&3
		return
	fi
	ask "$@" 2>"$tmp/why" && return
	say "sbatch: $(sed 's/^sbatch: *//; s/^error: *//' "$tmp/why" |
		tr '\n' ' ')"
	[ -z "$jobs" ] || echo "${jobs#:}" | tr ':' '\n' | ask xargs scancel || :
	exit 4
}

# Jobs that ended are known for MinJobAge alone; then what the tasks left counts.
slurm_look() {
	answers=yes
	ask squeue -h -r -t all "--name=fleet-$id" -o '%i|%K|%T|%r' \
		>"$tmp/squeue" 2>/dev/null || answers=''
	ask sinfo -h -N -o '%N|%T|%E' >"$tmp/states" 2>/dev/null || :
	now=$(date +%s)
	awk -F'\t' -v OFS='\t' -v answers="$answers" -v late="$((now > over))" '
		FILENAME == ARGV[1] { split($0, f, "|"); if (f[2] != "") {
			state[f[2]] = f[3]; why[f[2]] = f[4] } next }
		FILENAME == ARGV[2] { split($0, f, "|")
			node[f[1]] = f[2] (f[3] != "none" ? ", " f[3] : ""); next }
		{ s = state[$2]; r = ""
		  if (s == "" && !answers && !late) {
			now = "unknown"; r = "slurmctld does not answer"
		  } else if (s ~ /^(PENDING|REQUEUED|REQUEUE_HOLD|SPECIAL_EXIT)$/) {
			now = "waiting"; r = why[$2] ", node " node[$1]
		  } else if (s ~ /^(RUNNING|COMPLETING|CONFIGURING|SUSPENDED|STOPPED|SIGNALING|STAGE_OUT|RESIZING)$/) {
			now = "running"
		  } else {
			now = "gone"
			r = s == "DEADLINE" ? "not started in time; the node is " node[$1] \
			  : s == "" ? "its task is gone, and left nothing" \
			  : "Slurm says " s (why[$2] != "None" ? ", " why[$2] : "")
			if (why[$2] == "JobLaunchFailure")
				r = r ": the results folder cannot be written there?"
		  }
		  print $1, now, 0, r }' \
		"$tmp/squeue" "$tmp/states" "$fleet/nodes.tsv" >"$tmp/seen"
	[ -z "$copy" ] || count_starts
}

# Without a shared folder only slurmctld knows how often a task was started.
count_starts() {
	while IFS='	' read -r name now _ reason; do
		job=$(awk -F'\t' -v name="$name" '$1 == name { print $2 }' \
			"$fleet/jobs.tsv")
		n=$(ask scontrol -o show job "$job" 2>/dev/null |
			sed -n 's/.* Restarts=\([0-9]*\).*/\1/p')
		case $now:$reason in
		waiting:* | *:not\ started*) ;;
		*) n=$((${n:-0} + 1)) ;;
		esac
		printf '%s\t%s\t%s\t%s\n' "$name" "$now" "${n:-0}" "$reason"
	done <"$tmp/seen" >"$tmp/seen.part"
	mv "$tmp/seen.part" "$tmp/seen"
}

last_job_is_lost() {
	if [ "$via$copy" != slurm ]; then
		keeper_is_lost
		return
	fi
	ask squeue -h -o %i "--name=fleet-$id,fleet-$id-last" >"$tmp/left" \
		2>/dev/null && [ ! -s "$tmp/left" ] && sleep 2 && [ ! -e "$fleet/done" ]
}

# --copy: srun carries the parcels. Nodes whose task is gone are asked.
slurm_fetch() {
	slurm_look
	awk -F'\t' '$2 == "gone" { print $1 }' "$tmp/seen" >"$tmp/gone"
	while read -r name; do
		[ ! -d "$fleet/nodes/$name" ] || continue
		over_srun give "$name" >"$tmp/parcel" 2>"$tmp/why" || continue
		unpack "$name" || continue
		over_srun forget "$name" >/dev/null 2>&1 || :
	done <"$tmp/gone"
}

over_srun() ( # VERB NAME
	# In a job, srun would stay inside that job's nodes.
	for word in $(env | sed -n 's/^\(SLURM_[A-Z_]*\)=.*/\1/p'); do
		case $word in SLURM_CONF) ;; *) unset "$word" ;; esac
	done
	ask sinfo -h -N -n "$2" -o %T | grep -q 'down\|unk\|drain' && exit 1
	timeout -k 5 300 srun -Q --nodes=1 --ntasks=1 "--nodelist=$2" --time=5 \
		--immediate=60 "--job-name=fleet-$id-fetch" --input=none \
		sh -c "$(cat "$fleet/task")" fleet-task "$1" "$id" "$2" \
		"$seconds" "$on_node" ''
)
