# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034,SC2154
# Part of scripts/nightly: what it says, where, and with which status it ends.

least=6 # syslog's priorities: 3 error, 4 warning, 5 notice, 6 information
tmp='' child='' stage='starting'
began='' reason='' run_dir='' is_begun=no
broken=no regression=no noisy=no

# Is standard error the journal's? It takes priorities as sd-daemon(3) has them.
is_journal=no
[ -z "${JOURNAL_STREAM-}" ] ||
	[ "$(stat -L -c %d:%i /proc/self/fd/2)" != "$JOURNAL_STREAM" ] ||
	is_journal=yes

say() { # PRIORITY TEXT
	[ "$1" -le "$least" ] || return 0
	if [ $is_journal = yes ]; then
		printf '<%s>%s\n' "$1" "$2" >&2
	else
		printf 'nightly: %s\n' "$2" >&2
	fi
}

say_lines() { # PRIORITY FILE: of a program of ours, whose name goes
	while IFS= read -r line; do
		[ -z "$line" ] || say "$1" "${line#forkmeter: }"
	done <"$2"
}

die() { # STATUS TEXT
	say 3 "$2"
	[ -z "$tmp" ] || rm -rf "$tmp"
	exit "$1"
}

because() { # TEXT: why a night is not as it should be, the first such
	[ -n "$reason" ] || reason=$1
}

broke() { # TEXT
	broken=yes
	because "$1"
	say 3 "$1"
}

# A change for the worse is told once and then known, what is broken is so again
# the next night: so the former comes first.
final_status() {
	if [ $regression = yes ]; then
		echo 1
	elif [ "$broken" = yes ]; then
		echo 4
	elif [ $noisy = yes ]; then
		echo 3
	else
		echo 0
	fi
}

now_utc() {
	date -u +%Y-%m-%dT%H:%M:%SZ
}

# Bounds are kept by this clock, which nobody sets.
uptime_s() {
	awk '{ print int($1) }' /proc/uptime
}

plural() { # NUMBER: an s, or nothing
	[ "$1" -eq 1 ] || echo s
}

first_line() { # FILE
	sed -n 's/^forkmeter: //; 1p' "$1"
}

last_line() { # FILE: of what it said, that by which it ended
	sed -n 's/^forkmeter: //; $p' "$1"
}

# What nightly itself says by a trap, though a command that it waits for has its
# standard error elsewhere.
exec 7>&2

# In the background, since a shell hears a signal only between commands, or while
# it waits. Its own standard input is empty.
attend() { # COMMAND...
	"$@" 7>&- &
	child=$!
	wait "$child"
	got=$?
	child=
	return $got
}

# A line of a table, in one write, after the lines of others.
# shellcheck disable=SC2094
append_line() { # FILE HEADER LINE
	(
		flock -w 30 8 || exit 1
		if [ ! -s "$1" ]; then
			printf '%s\n%s\n' "$2" "$3" >&8
		elif [ -n "$(tail -c 1 "$1")" ]; then # behind a torn one
			printf '\n%s\n' "$3" >&8
		else
			printf '%s\n' "$3" >&8
		fi
	) 8>>"$1" 2>/dev/null
}

night_line() { # BEGAN ENDED STATUS RUN REASON
	append_line "$results/nights.tsv" \
		'host	began	ended	status	run	reason' \
		"$host	$1	$2	$3	$4	$(printf '%s' "$5" | tr '\t\n' '  ')" ||
		say 4 "$results/nights.tsv: this night's line cannot be added"
}

# How far the night is, for the next one if this is killed.
at_stage() { # STAGE
	stage=$1
	[ $is_begun = no ] ||
		printf '%s\t%s\t%s\n' "$began" "$run_dir" "$stage" \
			2>/dev/null >"$marker" || :
}

begin_night() {
	if [ -s "$marker" ]; then
		IFS='	' read -r then_began then_run then_stage <"$marker" || :
		# A tab is white space to read: two of them are one.
		[ -n "$then_stage" ] || then_stage=$then_run then_run=
		ended=$(date -u -r "$marker" +%Y-%m-%dT%H:%M:%SZ)
		say 4 "the night of $then_began was killed while $then_stage"
		night_line "$then_began" "$ended" 4 "$then_run" \
			"killed while $then_stage"
	fi
	began=$(now_utc)
	is_begun=yes
	at_stage starting
}

end_night() {
	[ $is_begun = yes ] || return 0
	night_line "$began" "$(now_utc)" "$(final_status)" "$run_dir" "$reason"
	rm -f -- "$marker"
	is_begun=no
}

leave() { # STATUS
	drop_lock
	rm -rf "$tmp"
	exit "$1"
}

ended_by() { # SIGNAL
	trap '' INT TERM HUP
	if [ -n "$child" ]; then
		kill -TERM "$child" 2>/dev/null
		wait "$child" # the driver keeps what is complete
	fi
	kept=
	if [ "$stage" = measuring ]; then
		blocks=$(sed 1d -- "$dir/blocks.tsv" 2>/dev/null | grep -c .)
		kept=": $blocks block$(plural "$blocks") of $dir $(
			[ "$blocks" -eq 1 ] && echo is || echo are) kept, for the next \
night to add"
		[ "$blocks" -gt 0 ] || kept=': no block was complete'
	fi
	reason="ended by SIG$1 while $stage"
	say 4 "$reason$kept" 2>&7
	broken=yes
	end_night
	drop_lock
	rm -rf "$tmp"
	trap - "$1"
	kill -s "$1" $$
}
