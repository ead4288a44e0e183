# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034,SC2154
# Part of scripts/nightly: from a quiet machine to a run.

# Before the wait, not after it.
plan_is_sound() { # RUN-ARGUMENT...
	"$FORKMETER" run "$@" ${named:+--host "$named"} --dry-run \
		--format tsv >"$tmp/plan" 2>"$tmp/plan.err" && return
	say_lines 3 "$tmp/plan.err"
	die 2 "forkmeter run $*: cannot be planned"
}

# What the newest runs of this machine took bounds what the next one takes.
needed_kib() {
	if [ -n "$space_kib" ]; then
		echo "$space_kib"
		return
	fi
	newest=$(find "$results/$host" -mindepth 2 -maxdepth 2 -name plan.tsv \
		2>/dev/null | sort | tail -n 3)
	[ -n "$newest" ] || {
		echo 524288
		return
	}
	printf '%s\n' "$newest" | while IFS= read -r plan; do
		du -sk -- "${plan%/plan.tsv}"
	done | awk '$1 > most { most = $1 } END { printf "%.0f\n", most * 3 / 2 + 1 }'
}

in_units() { # KIB: as people say it
	echo "$1" | awk '{
		if ($1 >= 1048576) printf "%.1f GiB\n", $1 / 1048576
		else if ($1 >= 1024) printf "%.1f MiB\n", $1 / 1024
		else print $1 " KiB" }'
}

has_room() {
	needed=$(needed_kib)
	free=$(df -Pk -- "$results" | awk 'NR == 2 { print $4 }')
	if [ -n "$space_kib" ]; then
		room="$(in_units "$free") are free, and --space asks for $(
			in_units "$needed")"
		no_room="$results: $room: nothing is measured; delete something, \
keep fewer samples (--keep), or ask for less"
	else
		room="$(in_units "$free") are free, and a run is expected to take \
up to $(in_units "$needed")"
		no_room="$results: $room: nothing is measured; delete something, \
keep fewer samples (--keep), or say by --space what it takes"
	fi
	[ "$free" -ge "$needed" ]
}

# Names and times in the folder of this machine's runs.
check_clock() {
	newest=$(awk -F'\t' -v host="$host" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$at["host"] == host && $at["started"] > newest {
			newest = $at["started"] }
		END { print newest }' "$tmp/list" 2>/dev/null)
	[ -n "$newest" ] || return 0
	# In one format, from the largest unit on: as text it sorts by time.
	later=$(printf '%s\n' "$newest" "$began" | sort | tail -n 1)
	[ "$later" = "$began" ] || say 4 "the newest run of $host began at \
$newest, which is yet to come: the clock was set back, or was wrong then; \
tonight's run comes before it in the history"
}

# The options of run that doctor has, too.
for_doctor() { # RUN-ARGUMENT...: prints them, a word a line
	while [ $# -gt 1 ]; do
		case $1 in --cpu | --numa) printf '%s\n' "$1" "$2" ;; esac
		shift
	done
}

# What is bad, of doctor's table.
ails() {
	awk -F'\t' '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$at["verdict"] == "bad" {
			printf "%s%s: %s", n++ ? "; " : "", $at["what"], $at["is"] }
		END { print "" }' "$tmp/doctor"
}

wait_until_quiet() {
	at_stage 'waiting for a quiet machine'
	said='' said_at=0
	step=$((wait_s / 60))
	[ $step -ge 1 ] || step=1
	[ $step -le 30 ] || step=30
	while :; do
		# shellcheck disable=SC2086
		attend timeout 60 "$FORKMETER" doctor --format tsv $doctor_words \
			>"$tmp/doctor" 2>"$tmp/doctor.err"
		case $? in
		0) return 0 ;;
		3) ;;
		*)
			say_lines 3 "$tmp/doctor.err"
			broke "forkmeter doctor says that nothing can be measured: \
$(first_line "$tmp/doctor.err")"
			return 1
			;;
		esac
		now=$(uptime_s)
		ails=$(ails)
		if [ "$now" -ge "$deadline" ]; then
			[ "$anyway" = no ] || {
				because "measured though it was not quiet: $ails"
				say 4 "measured though it is not quiet: $ails"
				return 0
			}
			noisy=yes
			because "not quiet in time: $ails"
			say 4 "not quiet after $wait_s s, nothing is measured: $ails"
			return 1
		fi
		# Its figures move, so only a change of what it is about is news.
		if [ "${ails%%:*}" != "$said" ] || [ $((now - said_at)) -ge 600 ]; then
			say 5 "waiting until it is quiet, for $((deadline - now)) s \
more at most: $ails"
			said=${ails%%:*} said_at=$now
		fi
		attend sleep $step 9<&-
	done
}

# The driver's own rule for names of runs; so we know it while it is measured.
choose_folder() {
	dir=$results/$host/$(date -u +%Y%m%dT%H%M%SZ)
	again=2 base=$dir
	while [ -e "$dir" ]; do
		dir=$base-$again
		again=$((again + 1))
	done
}

has_blocks() {
	[ "$(head -n 2 -- "$dir/blocks.tsv" 2>/dev/null | wc -l)" -eq 2 ]
}

measure() { # RUN-ARGUMENT...
	choose_folder
	run_dir=${dir#"$results"/}
	at_stage measuring
	say 6 "measuring $*, for $limit_s s at most, into $dir"
	attend timeout --foreground --signal TERM --kill-after 60 "$limit_s" \
		"$FORKMETER" run "$@" ${named:+--host "$named"} --quiet \
		--out "$dir" >/dev/null 2>"$tmp/run.err"
	status=$?
	# With status 0 it says what it says every night: what this machine lacks.
	case $status in
	0) say_lines 5 "$tmp/run.err" ;;
	*) say_lines 4 "$tmp/run.err" ;;
	esac
	if ! has_blocks; then
		broke "nothing was measured (status $status): $(
			last_line "$tmp/run.err")"
		run_dir=
		return 1
	fi
	case $status in
	0) ;;
	3)
		noisy=yes
		because "$(last_line "$tmp/run.err")"
		;;
	124)
		blocks=$(($(wc -l <"$dir/blocks.tsv") - 1))
		because "ended at the limit of $limit_s s, with $blocks blocks"
		say 4 "ended at the limit of $limit_s s; its $blocks complete \
blocks are used"
		;;
	*) broke "the run ended with status $status: $(
		last_line "$tmp/run.err")" ;;
	esac
}

result() { # TEXT: what --dry-run was asked for; so also where --quiet is
	printf '%s\n' "$1"
}

say_plan() { # RUN-ARGUMENT...
	choose_lock
	if [ "$verb" = run ]; then
		result "would take the lock $lock, and wait $wait_s s at most for it \
and for a quiet machine"
		if [ ! -d "$results" ]; then
			result "would make the folder $results"
		elif has_room; then
			result "$room"
		else
			result "$no_room"
		fi
		choose_folder
		result "would run $*, for $limit_s s at most, into $dir: $(
			awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++)
				if ($i == "status") at = i; next }
				$at == "measure" { n++ }
				END { print n + 0 }' "$tmp/plan") points"
	fi
	list_history
	find_candidates
	result "would add to the history: $(grep -c . "$tmp/add") runs that are \
there, and tonight's"
	prune
}
