#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The run that is kept in the tree is whole, is what its samples give, and is read
# by all that reads runs.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER reference=$top_srcdir/results/reference
expect 2 'must land in' "$top_srcdir/scripts/reference" quick --out x
[ -d "$reference" ] || skip 'there is no results/reference in this tree'

[ "$(du -sk "$reference" | cut -f 1)" -lt 4096 ] || fail 'it is not small'
for file in report/index.html report/latency.svg report/latency.csv \
	report/latency.md report/latency.tex course/report.pdf course/report.md \
	course/report.tex; do
	[ -s "$reference/$file" ] || fail "no $file"
done
cp -r "$reference" "$work/run"
chmod -R u+w "$work/run"
rm "$work/run/summary.tsv"
expect 0 '' "$fm" summary "$work/run"
for column in point metric n median; do
	column "$reference/summary.tsv" $column >"$work/kept" || fail "no $column"
	column "$work/run/summary.tsv" $column | diff "$work/kept" - >"$work/diff" ||
		fail "its samples give another $column: $(head -n 5 "$work/diff")"
done
expect 0 '' "$fm" show "$work/run" --plot
expect 0 '' "$fm" export "$work/run"
# What the page says of the machine is the run's.
kernel=$(sed -n 's/.*"kernel": "\([^"]*\)".*/\1/p' "$reference/machine.json")
grep -Fq "$kernel" "$reference/report/index.html" || fail 'another kernel'
end
