#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Effects that are injected: as large as asked for, where they were asked for,
# told wherever the numbers are, and hidden from those who only measure.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER run=$work/run

# median WORKLOAD METRIC: of the run, in ns, rounded down.
median() {
	awk -F'\t' -v workload="$1" -v metric="$2" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$at["workload"] == workload && $at["metric"] == metric {
			printf "%d\n", $at["median"] }' "$run/summary.tsv"
}

# at_least NS WORKLOAD METRIC: a lower bound by construction, for the spin is
# part of the interval.
at_least() {
	is=$(median "$2" "$3")
	[ "${is:-0}" -ge "$1" ] || fail "$2 $3: $is ns, injected $1"
}

# A strategy's call, and what has a window of its own, in parent and in child.
expect 0 '' "$fm" run spawn cow zero_fill --strategy vfork,fork --child exit \
	--rss 1M --set writer=child --rounds 3 --samples 5 --out "$run" \
	--inject vfork=1000000 --inject cow=3000000 --inject zero_fill=2000000
"$fm" show "$run" --where strategy=vfork --format tsv >"$work/vfork" 2>"$work/err"
grep -q 'slowed on purpose (--inject vfork=1000000,cow=3000000' "$work/err" ||
	fail "show does not say so: $(cat "$work/err")"
column "$work/vfork" median | awk '{ exit !($1 > 1000000) }' ||
	fail "vfork: $(column "$work/vfork" median)"
pages=$((1048576 / $(getconf PAGESIZE)))
at_least $((3000000 / pages)) cow op_ns
at_least $((2000000 / pages)) zero_fill op_ns
column "$run/summary.tsv" verdict | grep -qvx ok &&
	fail 'an injected spin changes the faults'

# The empty call is the most exact: nothing else is in it. The clock's step is
# all that a median of many can be below what was asked for.
run=$work/null
expect 0 '' "$fm" run null --rounds 3 --inject null=100000 --out "$run"
at_least 99000 null op_ns

# Part of the state; null where nothing is injected.
grep -q '"inject": "null=100000"' "$run/machine.json" || fail 'not recorded'
grep -q '"state_keys": "[^"]*\<inject' "$run/machine.json" || fail 'no state key'
expect 0 '' "$fm" run null --rounds 1 --out "$work/honest"
grep -q '"inject": null' "$work/honest/machine.json" || fail 'null is not'
"$fm" show "$work/honest" 2>&1 | grep -q 'on purpose' && fail 'it is honest'

# Mistakes, and that nobody is told of it.
expect 2 'did you mean fork' "$fm" run null --inject frok=5
expect 2 'whole number of ns' "$fm" run null --inject fork=5us
expect 2 'whole number of ns' "$fm" run null --inject fork=0
expect 2 'begins in the child' "$fm" run null --inject teardown=5
expect 2 'no such option of show' "$fm" show --inject fork=5
expect 2 'no such option of run; see' "$fm" run --injec fork=5
{
	"$fm" run --help
	"$fm" list options
} | grep -q inject && fail 'inject is not hidden'
end
