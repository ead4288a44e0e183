#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A short real run yields a report whose every figure and table is there, and
# odd runs yield one that says what is missing.
. "${top_srcdir:-.}/tests/lib.sh"
for tool in gnuplot sqlite3; do
	command -v $tool >/dev/null || skip "$tool is not installed"
done
fm=$FORKMETER report=$top_srcdir/scripts/report

run="$work/a run"
"$fm" run spawn start wait --rounds 3 --samples 20 --rss 0,2M,8M \
	--out "$run" >/dev/null 2>&1 || fail 'no run'
expect 0 '' "$report" "$run"
[ ! -s "$work/err" ] || fail "the report complains: $(cat "$work/err")"
[ "$(cat "$work/out")" = "$run/report/index.html" ] ||
	fail 'stdout is not the page'
for figure in latency fork-size; do
	[ -s "$run/report/$figure.svg" ] || fail "no $figure.svg"
	grep -q "</svg>" "$run/report/$figure.svg" || fail "$figure.svg is torn"
done
grep -q 'posix_spawn' "$run/report/latency.svg" || fail 'a strategy is missing'
for table in latency size floor skipped; do
	[ -s "$run/report/$table.md" ] || fail "no $table.md"
	[ -s "$run/report/$table.csv" ] || fail "no $table.csv"
done
page=$run/report/index.html
[ "$(grep -c '<svg' "$page")" -eq 2 ] || fail 'figures are not on the page'
grep -Eq '(src|href)="?(https?:)?//' "$page" && fail 'the page asks the network'
grep -q "$(uname -r)" "$page" || fail 'the page does not name the kernel'
# The table's numbers are the run's: fork + exit, wait.
want=$("$fm" show "$run" --format tsv --metric wait_ns --where strategy=fork \
	--where child=exit --where rss_bytes=0 >"$work/row" &&
	column "$work/row" median)
awk -v want="$want" 'BEGIN { exit !(want > 0) }' || fail 'no median to find'
have=$(awk -F, 'NR > 1 && $1 == "fork" && $2 == "exit" { print $7 }' \
	"$run/report/latency.csv")
awk -v want="$want" -v have="$have" 'BEGIN {
	d = have * 1e3 / want - 1; exit !(d > -0.006 && d < 0.006) }' ||
	fail "latency.csv says $have us, not $want ns"
find "$run/report" -name '*.part' | grep -q . && fail 'parts are left'

faults=$work/faults
"$fm" run cow zero_fill zero_read --rss 2M --rounds 1 --samples 5 \
	--out "$faults" >/dev/null 2>&1 || fail 'no run of faults'
expect 0 '' "$report" "$faults"
[ -s "$faults/report/faults.svg" ] || fail 'no faults.svg'
[ ! -e "$faults/report/fork-size.svg" ] || fail 'a figure without data'
[ -s "$faults/report/faults.md" ] || fail 'no faults.md'

# A machine with awkward names, and a run that was torn.
odd=$work/odd
cp -r "$run" "$odd"
rm -r "$odd/report" "$odd/summary.tsv"
sed -i 's/"cpu_model": .*/"cpu_model": "A\&B <C> \\"D\\" 5% #1 _x_ '"'q'"'",/' \
	"$odd/machine.json"
printf '1\t9\t999' >>"$odd/blocks.tsv"
expect 0 '' "$report" "$odd"
grep -q 'A&amp;B &lt;C&gt;' "$odd/report/index.html" || fail 'not escaped'
grep -q '<C>' "$odd/report/index.html" && fail 'markup from the machine'
grep -q '<C>' "$odd/report/latency.svg" && fail 'markup in the figure'

expect 2 'no run is there\|no such run\|plan.tsv' "$report" "$work/nothing"
mkdir "$work/bin"
for tool in sh awk sed sqlite3 cat mkdir mv rm cp grep dirname basename mktemp \
	find tr cut head tail sort env ls; do
	ln -s "$(command -v $tool)" "$work/bin/" 2>/dev/null
done
expect 4 'gnuplot-nox' env PATH="$work/bin" "$report" "$run"
rm "$work/bin/sqlite3"
expect 4 'sqlite3' env PATH="$work/bin" "$report" "$run"
end
