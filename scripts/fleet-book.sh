# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# For scripts/fleet: where each machine of a fleet is, and the last job's work.
# shellcheck disable=SC2154 # id, fleet, tmp and what was asked are fleet's

# $tmp/now: name, state, status, times it was started, began, ended, version,
# run, reason. States: waiting, running, unreached, unknown; ended, failed, missing.
look() {
	"${via}_look" # $tmp/seen: name, as below or gone, starts, reason
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
	starts=$(find "$fleet/began" -name "$1.[0-9]" -o -name "$1.[0-9][0-9]" |
		wc -l)
	first=$(cat "$fleet/began/$1".[0-9]* 2>/dev/null | sort | head -n 1)
	status='' ended='' version='' run='' reason=''
	seen=$(awk -F'\t' -v name="$1" '$1 == name' "$tmp/seen")
	more=$(echo "$seen" | cut -f 3)
	[ "$starts" -ge "${more:-0}" ] || starts=$more
	if [ -f "$parcel/told" ]; then
		state=ended
		status=$(told status) first=$(told began) ended=$(told ended)
		version=$(told version) reason=$(told reason)
		if [ -d "$parcel/run" ]; then
			reason=${reason:-its run is not collected yet}
		elif [ -f "$parcel/placed" ]; then
			run=$(cat "$parcel/placed")
		fi
		[ "$status" = 0 ] || [ "$status" = 3 ] || state=failed
		[ "$starts" -gt 0 ] || starts=1
	else
		state=$(echo "$seen" | cut -f 2)
		reason=$(echo "$seen" | cut -f 4)
		case $state in
		waiting | running | unreached | unknown) ;;
		*)
			! is_being_fetched || state=running
			[ "$state" = gone ] || reason='over, and being fetched'
			;;
		esac
		if [ "$state" = gone ]; then
			state=missing
			[ "$starts" -eq 0 ] || state=failed
			last=$(grep -s '^fleet-task: ' "$fleet/log/$1" |
				grep -v ': reached$' | tail -n 1 | tr '\t' ' ')
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

# Once for each reason. Nothing is wrong with the fleet then, so far.
tell_unreached() {
	awk -F'\t' '$2 == "unreached" { print $1 ": " $9 }' "$tmp/now" |
		while IFS= read -r line; do
			! grep -qsxF -e "$line" "$tmp/unreached" || continue
			printf '%s\n' "$line" >>"$tmp/unreached"
			say "not reached yet: $line"
		done
}

# What people read: a line a machine, and then what is not as it should be.
tell_table() {
	[ -s "$tmp/now" ] || look
	awk -F'\t' '
		BEGIN { printf "%-16s %-9s %-6s %-6s %s\n", "machine", "state",
			"status", "starts", "run, or reason" }
		{ printf "%-16s %-9s %-6s %-6s %s\n", $1, $2, $3 == "" ? "-" : $3,
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
# Fetches what is over. One process a fleet does so: its keeper, if it has one.
fetch() {
	if [ -n "${keeping-}" ]; then
		"${via}_fetch"
		return
	fi
	! keeper_is_to_come || return 0
	exec 6>"$fleet/keeper"
	! flock -n 6 || "${via}_fetch"
	exec 6>&-
}

keeper_is_to_come() {
	[ "$(date +%s)" -le $((begun + 10)) ] && [ ! -e "$fleet/kept" ] &&
		[ "$via$(asked copy)" != slurm ]
}

# Whoever holds the lock finds whole parcels alone, or parts that nobody goes on
# with. A parcel that is there already stays.
unpack() { # NAME: $tmp/parcel becomes its parcel, whole
	exec 8>"$fleet/parcels"
	flock -w 300 8 || die 4 "$fleet/parcels: another brings parcels in, \
and does not end"
	rm -rf "$fleet/nodes/.$1."??????.part
	unpacked=''
	if [ -d "$fleet/nodes/$1" ]; then
		unpacked=yes
	elif part=$(mktemp -d "$fleet/nodes/.$1.XXXXXX.part"); then
		if tar -C "$part" --no-same-owner -xf "$tmp/parcel" 2>/dev/null &&
			[ -f "$part/told" ] && mv -T "$part" "$fleet/nodes/$1"; then
			unpacked=yes
		else
			rm -rf "$part"
		fi
	fi
	exec 8>&-
	[ -n "$unpacked" ]
}

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

# A parcel may come at any moment, also after its machine's turn and before the
# look: then once more, so that what is looked at is placed.
place_all() {
	: >"$tmp/stuck"
	while :; do
		cut -f 1 "$fleet/nodes.tsv" | grep -vxF -f "$tmp/stuck" >"$tmp/names" || :
		while read -r name; do
			place "$name" && continue
			say "$name: its run cannot be put into $FORKMETER_RESULTS/$name"
			echo "$name" >>"$tmp/stuck"
		done <"$tmp/names"
		look
		unplaced | grep -qvxF -f "$tmp/stuck" || break
	done
}

unplaced() { # prints the machines whose run still lies in their parcel
	cut -f 1,2 "$tmp/now" | while read -r name state; do
		case $state in
		ended | failed) [ ! -d "$fleet/nodes/$name/run" ] || echo "$name" ;;
		esac
	done
}

# The nights of machines that are over, each once: with their runs.
note_nights() {
	nights=$FORKMETER_RESULTS/nights.tsv
	awk -F'\t' -v OFS='\t' -v submitted="$(utc "$begun")" -v now="$(utc)" '
		$2 == "ended" || $2 == "failed" || $2 == "missing" {
			print $1, $5 == "" ? submitted : $5, $6 == "" ? now : $6,
				$3 == 0 && $3 != "" ? 0 : $3 == 3 ? 3 : 4, $8, $9 }' \
		"$tmp/now" >"$tmp/nights"
	touch "$fleet/noted" "$nights"
	unplaced | cat "$fleet/noted" - >"$tmp/not"
	awk -F'\t' 'FILENAME == ARGV[1] { noted[$1] = 1; next } !($1 in noted)' \
		"$tmp/not" "$tmp/nights" >"$tmp/new"
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
	flock -n 7 || {
		say "$id: another collects; waiting for it, for 15 minutes at most"
		flock -w 900 7 || die 4 "$id: another still collects; try again later"
	}
	[ "$via$copy" = slurm ] || fetch
	place_all
	note_nights || :
	cut -f 8 "$tmp/now" | grep . >"$tmp/runs" || :
	# Judged once for what has come: a change is told as new only once.
	if ! cmp -s "$tmp/runs" "$fleet/runs"; then
		judged=0
		"$here/nightly" judge --wait 90m >"$fleet/judged.log" 2>&1 </dev/null \
			6>&- 7>&- || judged=$?
		cat "$fleet/judged.log" >&2
		[ $judged -gt 1 ] || mv "$tmp/runs" "$fleet/runs"
		# It was told then, and will not be again.
		! grep -qsx 1 "$fleet/judged" || judged=1
		echo $judged >"$fleet/judged"
	fi
	end_status >"$fleet/status"
	cp "$tmp/now" "$fleet/told.part"
	mv "$fleet/told.part" "$fleet/told.tsv"
	if [ -n "$(under_way)" ]; then
		say "$id: not over yet: $(under_way); what has come is collected"
	else
		mv "$fleet/status" "$fleet/done"
		rm -rf "$fleet/nodes/".*.??????.part
	fi
	exec 7>&-
}

under_way() { # prints the machines that are not over: state NAME NAME, state ...
	awk -F'\t' '$2 ~ /^(waiting|running|unreached|unknown)$/ {
		if (!($2 in who)) order[++n] = $2
		who[$2] = who[$2] " " $1 }
		END { for (i = 1; i <= n; i++)
			printf "%s%s%s", (i > 1 ? ", " : ""), order[i], who[order[i]] }' \
		"$tmp/now"
}

end_status() { # of the machines that are over
	awk -F'\t' '$2 !~ /^(waiting|running|unreached|unknown)$/' "$tmp/now" >"$tmp/over"
	judged=$(cat "$fleet/judged" 2>/dev/null || echo 0)
	if [ "$judged" -eq 1 ]; then
		echo 1
	elif [ "$judged" -ne 0 ]; then # 3: another nightly did not end in time
		echo 4
	elif cut -f 2 "$tmp/over" | grep -qvx ended || [ -n "$(unplaced)" ]; then
		echo 4
	elif cut -f 3 "$tmp/over" | grep -qx 3; then
		echo 3
	else
		echo 0
	fi
}
