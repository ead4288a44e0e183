#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What scripts/fleet-book.sh does with parcels, without a machine to bring them.
# shellcheck disable=SC2034,SC2154,SC2317 # fleet-book.sh has them, and calls ours
. "${top_srcdir:-.}/tests/lib.sh"
here=$top_srcdir/scripts id=late fleet=$work/fleet tmp=$work/tmp via=ssh copy=''
begun=0 FORKMETER_RESULTS=$work/results
say() {
	echo "fleet: $*" >&2
}
die() {
	say "$2"
	exit "$1"
}
# shellcheck source=scripts/fleet-book.sh
. "$here/fleet-book.sh"
mkdir -p "$fleet/nodes/.a1.abcdef.part" "$fleet/began" "$fleet/log" "$tmp" \
	"$FORKMETER_RESULTS" "$work/parcel/run"
printf 'a1\t-\n' >"$fleet/nodes.tsv"
printf 'status\t0\n' >"$work/parcel/told"
echo '"started": "2026-01-01T00:00:00Z"' >"$work/parcel/run/machine.json"
tar -C "$work/parcel" -cf "$tmp/parcel" .

# A run that cannot be put into its place is no night yet, and not forgotten.
unpack a1 || fail 'no parcel'
ssh_look() {
	printf 'a1\trunning\t0\t\n' >"$tmp/seen"
}
: >"$FORKMETER_RESULTS/a1"
expect 0 'cannot be put' place_all
note_nights
[ ! -s "$FORKMETER_RESULTS/nights.tsv" ] ||
	fail "noted: $(cat "$FORKMETER_RESULTS/nights.tsv")"
[ "$(end_status)" -eq 4 ] || fail 'a run that is nowhere is no reason'
rm -r "$FORKMETER_RESULTS/a1" "$fleet/nodes/a1"

# What comes after its machine's turn, as here with each look, is placed before it
# is noted; what was left half is gone.
mkdir "$fleet/nodes/.a1.ghijkl.part"
ssh_look() {
	printf 'a1\trunning\t0\t\n' >"$tmp/seen"
	unpack a1
}
place_all
note_nights
grep -q '	0	a1/20260101T000000Z	' "$FORKMETER_RESULTS/nights.tsv" ||
	fail "late: $(cat "$FORKMETER_RESULTS/nights.tsv")"
[ -z "$(find "$fleet" -name '*.part')" ] || fail 'something half'

# A fleet that is under way has the status of what is over, and what was told as
# slower once stays so.
here=$work/scripts
mkdir "$here"
answer() { # STATUS: of nightly judge, from now on
	printf '#!/bin/sh\nexit %s\n' "$1" >"$here/nightly"
	chmod +x "$here/nightly"
}
collected() { # STATUS PATTERN: of what is over, and what is said
	expect 0 "$2" collect_now
	got=$(cat "$fleet/done" 2>/dev/null || cat "$fleet/status")
	[ "$got" -eq "$1" ] || fail "status $got, not $1 ($2)"
}
ssh_fetch() { :; }
printf 'a2\t-\na3\t-\n' >>"$fleet/nodes.tsv"
state=running
ssh_look() {
	printf '%s\t%s\t0\t\n' a1 gone a2 waiting a3 "$state" >"$tmp/seen"
}
answer 0
collected 0 'late: not over yet: waiting a2, running a3;'
state=gone
collected 4 'late: not over yet: waiting a2;'
mkdir "$fleet/nodes/a2" "$fleet/nodes/a2/run"
printf 'status\t0\n' >"$fleet/nodes/a2/told"
answer 1
collected 1 ''
unpack a3 || fail 'no parcel of a3'
answer 0
rm "$fleet/done"
collected 1 ''

# A parcel that is there stays, and no parcel is none.
unpack a1 || fail 'a second parcel is an error'
[ -e "$fleet/nodes/a1/placed" ] || fail 'a parcel was replaced'
echo nonsense >"$tmp/parcel"
! unpack a4 || fail 'nonsense is a parcel'
[ -z "$(find "$fleet" -name '*a4*')" ] || fail 'something half'
end
