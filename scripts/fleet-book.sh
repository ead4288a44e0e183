# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# For scripts/fleet: where each machine of a fleet is, and the last job's work.
# shellcheck disable=SC2154 # id, fleet, tmp and what was asked are fleet's

# $tmp/now: name, state, status, times it was started, began, ended, version,
# run, reason. States: waiting, running, unknown; ended, failed, missing.
look() {
	"${via}_look" # $tmp/seen: name, waiting|running|gone|unknown, starts, reason
	while IFS='	' read -r name _; do
		look_at "$name"
	done <"$fleet/nodes.tsv" >"$tmp/now.part"
	mv "$tmp/now.part" "$tmp/now"
}

told() { # KEY: of the parcel
	sed -n "s/^$1	//p" "$parcel/told" | head -n 1
}

look_at() { # NAME: prints its line of $tmp/now
	parcel=$fleet/nodes/$1
	starts=$(find "$fleet/began" -name "$1.*" ! -name '*.part' | wc -l)
	first=$(cat "$fleet/began/$1".[0-9]* 2>/dev/null | sort | head -n 1)
	status='' ended='' version='' run='' reason=''
	seen=$(awk -F'\t' -v name="$1" '$1 == name' "$tmp/seen")
	more=$(echo "$seen" | cut -f 3)
	[ "$starts" -ge "${more:-0}" ] || starts=$more
	if [ -f "$parcel/told" ]; then
		state=ended
		status=$(told status) first=$(told began) ended=$(told ended)
		version=$(told version) reason=$(told reason)
		[ ! -f "$parcel/placed" ] || run=$(cat "$parcel/placed")
		[ "$status" = 0 ] || [ "$status" = 3 ] || state=failed
		[ "$starts" -gt 0 ] || starts=1
	else
		state=$(echo "$seen" | cut -f 2)
		reason=$(echo "$seen" | cut -f 4)
		case $state in
		waiting | running | unknown) ;;
		*)
			! is_being_fetched || state=running
			[ "$state" = gone ] || reason='over, and being fetched'
			;;
		esac
		if [ "$state" = gone ]; then
			state=missing
			[ "$starts" -eq 0 ] || state=failed
			last=$(grep -s '^fleet-task: ' "$fleet/log/$1" | tail -n 1 |
				tr '\t' ' ')
			reason=${last:-${reason:-nothing came back}}
		fi
	fi
	printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$state" "$status" \
		"$starts" "$first" "$ended" "$version" "$run" "$reason"
}

is_being_fetched() { # by --copy's keeper, which others than it should wait for
	[ -n "$copy" ] && [ -z "${keeping-}" ] && [ ! -e "$fleet/kept" ] &&
		! flock -n "$fleet/keeper" true
}

# What people read: a line a machine, and then what is not as it should be.
tell_table() {
	[ -s "$tmp/now" ] || look
	awk -F'\t' '
		BEGIN { printf "%-16s %-8s %-6s %-6s %s\n", "machine", "state",
			"status", "starts", "run, or reason" }
		{ printf "%-16s %-8s %-6s %-6s %s\n", $1, $2, $3 == "" ? "-" : $3,
			$4, $8 != "" && $9 != "" ? $8 ": " $9 : $8 $9 }' "$tmp/now"
	awk -F'\t' '$4 > 1 {
		printf "fleet: %s: requeued, started %d times\n", $1, $4 }
		$7 != "" { if (!($7 in who)) n++; who[$7] = who[$7] " " $1 }
		END { if (n > 1) for (v in who)
			printf "fleet: versions differ: %s:%s\n", v, who[v] }' \
		"$tmp/now" >&2
	awk -F'\t' '$2 == "failed" { print $1 }' "$tmp/now" |
		while read -r name; do
			for log in "$fleet/nodes/$name/log" "$fleet/log/$name"; do
				[ -s "$log" ] || continue
				say "$name: the end of $log:"
				tail -n 5 "$log" | sed 's/^/  /' >&2
				break
			done
		done
}

# ------------------------------------------------------------------- collecting
# A run goes to where runs are, by one rename. Where it goes is written first, so
# that whoever is killed between finds it there.
place() { # NAME
	parcel=$fleet/nodes/$1
	[ -d "$parcel/run" ] || return 0
	started=$(sed -n 's/^ *"started": "\([^"]*\)".*/\1/p' \
		"$parcel/run/machine.json" | head -n 1)
	stamp=$(printf '%s' "$started" | tr -d ':-')
	case $stamp in
	[0-9]*T[0-9]*Z) ;;
	*) stamp=${id%%-*} ;; # a run without machine.json is for the history to say
	esac
	mkdir -p "$FORKMETER_RESULTS/$1"
	to=$1/$stamp n=1
	while [ -e "$FORKMETER_RESULTS/$to" ]; do
		n=$((n + 1))
		to=$1/$stamp-$n
	done
	printf '%s\n' "$to" >"$parcel/placed"
	mv -T "$parcel/run" "$FORKMETER_RESULTS/$to"
}

# The nights of machines that are over, each once.
note_nights() {
	nights=$FORKMETER_RESULTS/nights.tsv
	awk -F'\t' -v OFS='\t' -v submitted="$(utc "$begun")" -v now="$(utc)" '
		$2 == "ended" || $2 == "failed" || $2 == "missing" {
			print $1, $5 == "" ? submitted : $5, $6 == "" ? now : $6,
				$3 == 0 && $3 != "" ? 0 : $3 == 3 ? 3 : 4, $8, $9 }' \
		"$tmp/now" >"$tmp/nights"
	touch "$fleet/noted" "$nights"
	awk -F'\t' 'FILENAME == ARGV[1] { noted[$1] = 1; next } !($1 in noted)' \
		"$fleet/noted" "$tmp/nights" >"$tmp/new"
	[ -s "$tmp/new" ] || return 0
	# Others append to it, too: under a lock, by one write, behind a torn line.
	# shellcheck disable=SC2016
	flock -w 60 "$nights" sh -c '{
		[ -s "$1" ] || printf "host\tbegan\tended\tstatus\trun\treason\n"
		[ -z "$(tail -c 1 "$1")" ] || echo
		cat "$2"
	} >"$2.lines" && cat "$2.lines" >>"$1"' sh "$nights" "$tmp/new" || {
		say "$nights: cannot be written"
		return 1
	}
	cut -f 1 "$tmp/new" >>"$fleet/noted"
}

utc() { # [SECONDS]
	date -u ${1:+-d "@$1"} +%Y-%m-%dT%H:%M:%SZ
}

collect_now() {
	exec 7>"$fleet/lock"
	flock -w 900 7 || die 4 "$fleet/lock: another collects, and does not end"
	[ "$via$copy" = slurm ] || "${via}_fetch"
	look
	cut -f 1 "$tmp/now" >"$tmp/names"
	while read -r name; do
		place "$name" || say "$name: its run cannot be put into \
$FORKMETER_RESULTS/$name"
	done <"$tmp/names"
	look
	note_nights || :
	cut -f 8 "$tmp/now" | grep . >"$tmp/runs" || :
	# Judged once for what has come: a change is told as new only once.
	if ! cmp -s "$tmp/runs" "$fleet/runs"; then
		judged=0
		"$here/nightly" judge >"$fleet/judged.log" 2>&1 </dev/null \
			6>&- 7>&- || judged=$?
		cat "$fleet/judged.log" >&2
		echo $judged >"$fleet/judged"
		[ $judged -gt 1 ] || mv "$tmp/runs" "$fleet/runs"
	fi
	end_status >"$fleet/status"
	cp "$tmp/now" "$fleet/told.part"
	mv "$fleet/told.part" "$fleet/told.tsv"
	if cut -f 2 "$tmp/now" | grep -qx 'waiting\|running\|unknown'; then
		say "$id: not over yet; what has come is collected"
	else
		mv "$fleet/status" "$fleet/done"
	fi
	exec 7>&-
}

end_status() {
	judged=$(cat "$fleet/judged" 2>/dev/null || echo 0)
	if [ "$judged" -eq 1 ]; then
		echo 1
	elif [ "$judged" -ne 0 ]; then # 3: another nightly did not end in time
		echo 4
	elif cut -f 2 "$tmp/now" | grep -qvx ended; then
		echo 4
	elif cut -f 3 "$tmp/now" | grep -qx 3; then
		echo 3
	else
		echo 0
	fi
}
