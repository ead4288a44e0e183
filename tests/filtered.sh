#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs under seccomp filters say so, and are not compared with others unasked.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER
filtered=$PWD/tests/filtered
cd "$work" || exit 99

"$filtered" 1 true || skip 'this kernel, or a filter of ours, allows no filter'
measure() { # OUT COMMAND-BEFORE...
	out=$1
	shift
	expect 0 '' "$@" "$fm" run wait --strategy fork --child exit --rss 0 \
		--samples 5 --block-time 1ms --rounds 3 --quiet --out "$out"
}
filters() { # RUN
	sed -n 's/^ *"seccomp_filters": \([0-9a-z]*\),$/\1/p' "$1/machine.json"
}
measure none
measure two "$filtered" 2
had=$(filters none)
case $had in
[0-9]*)
	[ "$(filters two)" = $((had + 2)) ] ||
		fail "filters: $had, with two more: $(filters two)"
	expect 2 "state: seccomp_filters: $had in .*, $((had + 2)) in " \
		"$fm" compare none two
	"$fm" compare --across seccomp_filters none two >out 2>err
	[ $? -ne 2 ] || fail "not even by --across: $(cat err)"
	;;
*)
	grep -q '"seccomp_filters_why"' none/machine.json ||
		fail 'no reason why they are not counted'
	echo 'skip the comparison: this kernel does not count filters'
	;;
esac
grep -q '"state_keys": "[^"]*\<seccomp_filters' none/machine.json ||
	fail 'seccomp_filters is no key of state'

# A run from before there was the fact differs in it, and that is said.
mkdir old
cp none/* old/
sed -e '/^ *"seccomp_filters/d' -e 's/ seccomp_filters"/"/' \
	-e 's/"state": "./"state": "x/' none/machine.json >old/machine.json
expect 2 'seccomp_filters: not recorded in' "$fm" compare old none

"$filtered" 1 "$fm" doctor >out 2>err
grep -q '^limit *seccomp ' out || fail "doctor: $(cat out err)"
end
