#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The report of many machines: one figure a point, who is an outlier, and all of
# it whatever machines are called.
. "${top_srcdir:-.}/tests/lib.sh"
. "$top_srcdir/tests/lab_runs.sh"
for tool in gnuplot sqlite3; do
	command -v $tool >/dev/null || skip "$tool is not installed"
done
fm=$FORKMETER
report=$top_srcdir/scripts/report
cd "$work" || exit 99
page=$work/lab/index.html

none() { # FILE...
	for file; do
		[ ! -e "$file" ] || fail "there is $file"
	done
}
has() { # FILE TEXT
	grep -qF -- "$2" "$1" || fail "no '$2' in $1"
}
# Twelve machines on two kernels, one of them slower where it forks, another one
# with a name that is none for a file or a page.
make_first
machines 9
for n in 10 11; do
	machine results/n$n/1 n$n $n 1 1 6.12.10
done
machine "results/it's, odd/a b" 'n 5% <i>&amp;\"12' 12 1 1 6.12.10
machine results/n4/1 n4 4 1.3 1

expect 2 'by --out' "$report" results/n?/1
expect 0 '' "$report" --out lab results/*/*
[ ! -s err ] || fail "the report complains: $(cat err)"
[ "$(cat out)" = "$page" ] || fail "stdout is not the page: $(cat out)"
for file in index.html outliers.tsv machines.csv machines.tex groups.md \
	outliers.md machines-1.svg; do
	[ -s lab/$file ] || fail "no $file"
done
none lab/1 results/n1/report
has "$page" 'There are 12 machines here, in 2 groups of equal hardware and state; 1 of them'
grep -q 'n4 is slower than the others of group 1, by [0-9.]* %\|n4 is no outlier as a whole' "$page" ||
	fail "not n4: $(sed -n '/id="answer"/,/<nav/p' "$page")"
grep -q '^| slower  | n4 .*fork' lab/outliers.md || fail "$(cat lab/outliers.md)"
grep -q '^| slower  | n[^4]' lab/outliers.md && fail "$(cat lab/outliers.md)"
grep -q '6.12.10' lab/groups.md || fail "$(cat lab/groups.md)"
[ "$(grep -c '^| *[12] | ' lab/machines.md)" -eq 12 ] || fail "$(cat lab/machines.md)"
grep -q '<i>' "$page" && fail 'a name became markup'
has "$page" '&lt;i&gt;&amp;amp;'
has lab/machines-1.svg 'n 5% &lt;i>&amp;amp;”12'

# Every machine has a row in the figures, in the order of groups and names, and
# only n4 where it forks is marked.
for k in 1 2 3 4; do
	svg=lab/machines-$k.svg
	[ "$(grep -o '>n[0-9]*, 6' $svg | wc -l)" -eq 11 ] || fail "rows of $svg"
	has $svg 'group 1: Linux 6.12.9'
	has $svg 'group 2: Linux 6.12.10'
	marked=$(grep -c '>+[0-9][0-9] %<' $svg)
	if grep -q 'title">.*after fork' $svg; then
		[ "$marked" -eq 1 ] || fail "$svg marks $marked"
	elif ! grep -q 'n4 is slower' "$page"; then
		[ "$marked" -eq 0 ] || fail "$svg marks $marked"
	fi
done

# Of a folder of runs the newest that was measured.
mkdir -p results/n1/3 results/n1/4
cp first/plan.tsv results/n1/3
cp first/plan.tsv first/blocks.tsv results/n1/4
expect 0 '' "$report" --only tables --out folders results/n?
cmp -s folders/machines.csv lab/machines.csv && fail 'twelve are not nine'
[ "$(grep -c '/results/n[0-9]/1' folders/machines.csv)" -eq 9 ] ||
	fail "folders: $(cat folders/machines.csv)"
expect 0 '' "$fm" show results/n1
mkdir results/zz results/zz/99999999T999999Z
cp first/plan.tsv results/zz/99999999T999999Z
expect 0 '' env FORKMETER_RESULTS="$work/results" "$fm" show
rm -r results/zz results/n1/[34]

# A part alone; an older run of a machine is left out, and told.
expect 0 '' "$report" --only tables --out tables results/n?/1
[ -s tables/machines.csv ] || fail 'no tables'
none tables/machines-1.svg tables/index.html
expect 0 '' "$report" --only figures --out figures results/n?/1
[ -s figures/machines-1.svg ] || fail 'no figures'
none figures/machines.csv figures/index.html
cp -r results/n1/1 results/n1/2
sed 's/2026-11-01/2026-11-02/' results/n1/1/machine.json >results/n1/2/machine.json
expect 0 '' "$report" --out lab results/n1/? results/n[2345]/1
grep -q 'Left out, for a newer run .*results/n1/1\.' "$page" || fail 'what is left out'

# Who was not judged, and who is one machine of several names, is answered.
for n in 1 2 3; do
	sed 's/"boot_id": "[^"]*"/"boot_id": "one"/' results/n$n/1/machine.json >edited
	cp edited results/n$n/1/machine.json
done
expect 0 '' "$report" --out lab results/n[1235]/1 results/n10/1
has "$page" 'Not judged: n10: machines: 1, and a verdict needs 4; differs from group 1 in kernel (--across kernel).'
has "$page" 'In group 1, n1, n2, n3 ran under one kernel that was booted once'
has "$page" 'Points at which a machine is an outlier: none. Judged were 4 points of 4 machines'
none lab/outliers.md
for n in 1 2 3; do
	machine results/n$n/1 n$n $n
done
expect 0 '' "$report" --out lab --across kernel results/n[1235]/1 results/n10/1
grep -q 'Not judged\|booted once' "$page" && fail 'all are judged, and several'
has "$page" 'in 1 group of equal hardware and state, but for what --across lets differ: kernel; 1 of them'
expect 2 'no fact of machine.json' "$report" --out lab --across frobs results/n[1235]/1
expect 2 'needs a fact' "$report" --out lab --across
expect 2 'four runs' "$report" --out lab --across kernel results/n1/1

# Too few to judge: all the same a page.
expect 0 '' "$report" --out lab results/n[123]/1 results/n10/1
has "$page" '0 of them large enough'
has lab/machines.md 'machines: 3, and a verdict needs 4'

# A run that is none, or damaged.
tab=$(printf 'results/a\tb')
cp -r results/n1/1 "$tab"
expect 2 'a tab or a newline' "$report" --out lab results/n[123]/1 "$tab"
expect 2 'nowhere: no run' "$report" --out lab results/n[1-4]/1 nowhere
sed '2s/^[0-9]*/x/' results/n3/1/quantiles.tsv >edited
cp edited results/n3/1/quantiles.tsv
expect 4 'quantiles' "$report" --out lab results/n[2-5]/1
end
