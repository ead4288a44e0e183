#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Machines of which it is known who is the odd one out.
. "${top_srcdir:-.}/tests/lib.sh"
. "$top_srcdir/tests/lab_runs.sh"
fm=$FORKMETER
cd "$work" || exit 99
export FORKMETER_RESULTS="$work/results"

rows() { # CONDITION: how many lines of the last output there are of it
	awk -F'\t' "function f(name) { return \$at[name] }
		NR == 1 { for (i = 1; i <= NF; i++) at[\$i] = i; next }
		$1 { n++ } END { print n + 0 }" "$work/out"
}

expect 2 'no history yet\|without SQLite' "$fm" outliers
grep -q 'without SQLite' err && sqlite=no || sqlite=yes
expect 2 'nowhere: no run is there' "$fm" outliers nowhere
make_first
expect 2 'no axis of the points' "$fm" outliers first --where host=n1
expect 2 'want a percentage' "$fm" outliers first --min-effect x
expect 2 'want a percentage' "$fm" outliers first --level 0
expect 2 'text,tsv' "$fm" outliers first --format x
expect 2 'no fact of machine.json' "$fm" outliers first --across frobnicate
expect 2 'an axis of the points' "$fm" outliers first --across strategy

# Eight machines alike.
machines 8
expect 0 'machines slower as a whole: 0, faster: 0, of 8; .* judged: 1 of 1' \
	"$fm" outliers results/n? --format tsv
[ "$(rows 'f("over") == "machine"')" -eq 8 ] || fail "not 8: $(head -c 1500 out)"
lines=$(rows 'f("over") == "point" && f("host") == "n1"')
[ "$lines" -ge 4 ] || fail "$lines points: $(head -c 1500 out)"
[ "$(rows 'f("over") == "point" && f("verdict") ~ /^(same|unsure)$/ &&
	f("median_lo") < f("median") && f("median_hi") > f("median") &&
	f("machines") == 7 && f("spread") < 0.02')" -eq $((8 * lines)) ] ||
	fail "points: $(head -c 1500 out)"
# A folder of all machines is all of them.
cp out named
expect 0 'of 8; ' "$fm" outliers results --format tsv
cmp -s named out || fail "not the same: $(head -c 1500 out)"
# That three are too few is said, and they are shown all the same.
expect 3 'fewer cannot be judged' "$fm" outliers results/n[123] --format tsv
[ "$(rows 'f("reason") ~ /machines: 3, and a verdict needs 4/')" -eq \
	$((3 * lines + 3)) ] || fail "three: $(head -c 1500 out)"

# n3 is slower where it forks, which is half of it; n5 faster in all.
machine results/n3/1 n3 3 1.2 1
machine results/n5/1 n5 5 0.8 0.8
for format in text markdown latex csv json; do
	expect 1 'faster: 1, of 8' "$fm" outliers results/n? --format $format
done
expect 1 'faster: 1, of 8; single points slower: [1-9]' \
	"$fm" outliers results/n? --format tsv
[ "$(rows 'f("over") == "machine" && f("host") == "n5" &&
	f("verdict") == "faster" && f("ratio_lo") < 0.8 &&
	f("ratio_hi") > 0.8')" -eq 1 ] || fail "n5: $(head -c 1500 out)"
[ "$(rows 'f("verdict") == "slower" && f("over") == "point"')" -gt 0 ] ||
	fail "n3: $(head -c 1500 out)"
[ "$(rows 'f("verdict") == "slower" && (f("host") != "n3" ||
	f("strategy") == "vfork" || f("ratio_slo") < 1.01)')" -eq 0 ] ||
	fail "not n3: $(head -c 1500 out)"
[ "$(rows 'f("verdict") == "slower" && f("over") == "point" &&
	f("ratio_lo") < 1.2 && f("ratio_hi") > 1.2 && f("ratio_slo") < f("ratio_lo") &&
	f("p") < 0.01')" -gt 0 ] || fail "n3's ratio: $(head -c 1500 out)"
# What matters, and which points are looked at.
expect 0 '' "$fm" outliers results/n? --min-effect 30%
expect 0 'with [12] points' "$fm" outliers results/n[1-46-8] \
	--where strategy=vfork --metric wait_ns
expect 2 'no such metric' "$fm" outliers results/n? --metric frobs
# A metric that the workload null has, too, is there.
cp -r results/n1/1 faults
for table in summary quantiles; do
	sed 's/\(.*\)wait_ns/\1op_ns/' faults/$table.tsv >edited
	cp edited faults/$table.tsv
done
[ "$(column faults/summary.tsv metric | sed -n 1p)" = op_ns ] ||
	fail 'null is not the first'
expect 2 '--metric frobs: faults has no such metric; there is: .*op_ns' \
	"$fm" outliers faults --metric frobs

# Another state is another group, in which three are too few; --across joins.
machines 5
for n in 6 7 8; do
	machine results/n$n/1 n$n $n 1.1 1.1 6.12.10
done
expect 0 'judged: 1 of 2' "$fm" outliers results/n? --format tsv
grep -q 'another state: kernel: 6.12.9 in group 1, 6.12.10 in group 2' err ||
	fail "which state: $(cat err)"
[ "$(rows 'f("peers") == 2 && f("reason") !~ /needs 4/')" -eq 0 ] ||
	fail "mixed: $(head -c 1500 out)"
# Who was not judged is said, in what it differs, and what would let it.
grep -q '^forkmeter: not judged: n6, n7, n8: machines: 3, and a verdict needs 4; differs from group 1 in kernel (--across kernel)$' err ||
	fail "who is not judged: $(cat err)"
[ "$(rows 'f("peers") == 2 && f("over") == "machine" &&
	f("reason") ~ /differs from group 1 in kernel .--across kernel.$/')" -eq 3 ] ||
	fail "why: $(head -c 1500 out)"
expect 0 'judged: 1 of 1' "$fm" outliers results/n? --across kernel --format tsv
grep -q 'not judged' err && fail "all are judged: $(cat err)"
[ "$(grep -c 'within group 1: kernel: 6.12.9 in n1, 6.12.10 in n6' err)" -eq 1 ] ||
	fail "across: $(cat err)"
# Three of eight that deviate together are no outliers, but another kind.
[ "$(rows 'f("verdict") != "unsure" || f("least") < 0.3')" -eq 0 ] ||
	fail "two kinds: $(head -c 1500 out)"
# Other settings are no part of a machine's state, and apart all the same.
for n in 6 7 8; do
	machine results/n$n/1 n$n $n
	sed 's/"settings": [^,]*,/"settings": "thp=never",/' \
		results/n$n/1/machine.json >edited
	cp edited results/n$n/1/machine.json
done
grep -q 'thp=never' edited || fail 'no settings to edit'
expect 0 'judged: 1 of 2' "$fm" outliers results/n?
grep -q 'other settings: "" in group 1, "thp=never" in group 2' err ||
	fail "settings: $(cat err)"
grep -q 'n8: .* group 1 in settings (--across settings)$' err ||
	fail "settings apart: $(cat err)"
expect 0 'judged: 1 of 1' "$fm" outliers results/n? --across settings
# One that deviates at single points is told so, and not as a whole.
machine results/n5/1 n5 5 1.3 0.769
expect 1 'slower as a whole: 0, .* single points slower: [1-9]' \
	"$fm" outliers results/n[1-5]
grep -q 'no machine is slower as a whole' err || fail "a whole: $(cat err)"
machine results/n5/1 n5 5

# One kernel under several names is no lab.
rm -r results
machines 4
for n in 1 2 4; do
	sed 's/"boot_id": "[^"]*"/"boot_id": "one"/' results/n$n/1/machine.json \
		>edited
	cp edited results/n$n/1/machine.json
done
expect 0 'n1, n2, n4 ran under one kernel' "$fm" outliers results/n?
# Of the same machine in another state, only one is in a group.
machine results/n4/2 n4 4 1 1 6.12.10
expect 0 'machines: 4' "$fm" outliers results/n? --across kernel
grep -q 'machines: 1' err || fail "one machine twice: $(cat err)"
rm -r results/n4/2

# Names as they come; of a folder the newest run of each machine and state.
machine 'results/odd/a, b' 'a, <b> & \"c' 9 1.5 1.5
mkdir results/odd/later
cp 'results/odd/a, b'/*.tsv results/odd/later
sed 's/2026-11-01/2026-11-02/' 'results/odd/a, b/machine.json' \
	>results/odd/later/machine.json
expect 1 'left out, all but the newest of each machine and state: 1' \
	"$fm" outliers results/n? results/odd --format tsv
[ "$(rows 'f("over") == "machine" && f("host") == "a, <b> & \"c" &&
	f("run") ~ /later$/ && f("verdict") == "slower"')" -eq 1 ] ||
	fail "odd: $(head -c 1500 out)"
expect 1 '' "$fm" outliers results/n? 'results/odd/a, b'
"$fm" outliers results/n?,results/odd --format json 2>err >out
[ $? -eq 2 ] || fail "a list with a folder of that name: $(cat err)"
expect 1 '' "$fm" outliers \
	results/n1,results/n2,results/n3,results/n4 results/odd --format latex
grep -q 'a, .*textless{}b.* \\& ' out || fail "LaTeX: $(head -c 1500 out)"

# Whatever there is in the history, without a name: the newest of each machine.
if [ "$sqlite" = yes ]; then
	expect 0 'runs added: 6,' "$fm" history add results/n? results/odd
	expect 1 'slower as a whole: 1, faster: 0, of 5' "$fm" outliers
	rm -r results/n2/1
	expect 4 'n2 of the history is left out: .*no run is there' "$fm" outliers
	rm -r results/n? results/odd
	expect 2 'no run of the history is there any more' "$fm" outliers
fi
rm -rf results

# What is broken or was hardly measured is not judged, and the others are.
machines 5
sed 's/	ok$/	broken/' results/n1/1/summary.tsv >edited
cmp -s edited results/n1/1/summary.tsv && fail 'nothing to break'
cp edited results/n1/1/summary.tsv
awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
	NR == 1 || $at["round"] <= 2' results/n2/1/quantiles.tsv >edited
cp edited results/n2/1/quantiles.tsv
expect 3 'fewer cannot be judged' "$fm" outliers results/n? --format tsv
machines 1
expect 0 'judged: 1 of 1' "$fm" outliers results/n? --format tsv
[ "$(rows 'f("host") == "n2" && f("median") > 0 && f("median_lo") == "" &&
	f("reason") == "blocks: 2, and an interval needs 3"')" \
	-eq "$lines" ] || fail "two blocks: $(head -c 1500 out)"
sed "2s/^[0-9]*/x/" results/n3/1/quantiles.tsv >edited
cp edited results/n3/1/quantiles.tsv
expect 4 'quantiles' "$fm" outliers results/n?
end
