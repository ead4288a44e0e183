#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Changes that follow each other in one series: each is told, and once.
. "${top_srcdir:-.}/tests/lib.sh"
. "$top_srcdir/tests/nights.sh"
first_night wait spawn --rss 0

# each FROM TO KERNEL FORK [VFORK]: a night and a look, and again; alarms are counted.
each() {
	from=$1 to=$2
	while [ "$from" -le "$to" ]; do
		nights lab7 "$from" "$from" "$3" "$4" "${5:-1}"
		"$fm" trend >/dev/null 2>"$work/err"
		case $? in
		0) ;;
		1) alarms=$((alarms + 1)) ;;
		*) fail "night $from: $(cat "$work/err")" ;;
		esac
		from=$((from + 1))
	done
}

# Two kernels, three nights apart: two changes, each with its cause, for all
# that they are found as one at first; vfork has the first alone.
nights lab7 1 30 6.12.9 1 1
alarms=0
each 31 33 6.12.10 1.1 1.1
each 34 46 6.12.11 1.16 1.1
[ "$alarms" -eq 2 ] || fail "two changes alarmed $alarms times"
cp results/changes.tsv "$work/out"
[ "$(shifts 'f("change") == 1 && f("strategy") == "fork" &&
	f("changed") ~ /6.12.9 -> 6.12.10$/')" -eq 2 ] || fail "$(cat "$work/out")"
[ "$(shifts 'f("change") == 2 && f("started") ~ /^2026-02-04/ &&
	f("changed") ~ /6.12.10 -> 6.12.11$/')" -ge 1 ] || fail "$(cat "$work/out")"

# What is accepted remains so, and what follows it alarms.
expect 0 'change 1 is accepted' "$fm" trend accept 1 mitigation
each 47 52 6.12.12 1.4 1.1
[ "$alarms" -eq 3 ] || fail "after an accepted one: $alarms alarms"
expect 0 '' "$fm" trend --dry-run --format tsv
[ "$(shifts 'f("change") == 3 && f("status") == "known"')" -eq 2 ] ||
	fail "$(cat "$work/out")"

# Taken back it is faster, which is no alarm; and back again it is a new one.
each 53 62 6.12.13 1.16 1.1
[ "$alarms" -eq 3 ] || fail "for the better: $alarms alarms"
each 63 72 6.12.14 1.4 1.1
[ "$alarms" -eq 4 ] || fail "back again: $alarms alarms"
expect 0 '' "$fm" trend --dry-run --format tsv
[ "$(shifts 'f("status") == "new"')" -eq 0 ] || fail "$(cat "$work/out")"
[ "$(shifts 'f("change") == 1 && f("status") == "accepted" &&
	f("reason") == "mitigation"')" -eq 4 ] || fail "$(cat "$work/out")"
[ "$(shifts 'f("verdict") == "faster"')" -eq 2 ] || fail "$(cat "$work/out")"
end
