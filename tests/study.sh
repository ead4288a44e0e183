#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A very short study measures every row or says why not, and what is made of it
# is its own. No duration is asserted.
. "${top_srcdir:-.}/tests/lib.sh"
command -v "${CC:-cc}" >/dev/null || skip "${CC:-cc} is not installed"
study=$top_srcdir/scripts/study

"$study" --help >"$work/help" || fail 'no --help'
for word in --rounds --samples --seed --out --from --into --figure Examples \
	'Exit status'; do
	grep -q -- "$word" "$work/help" || fail "--help lacks $word"
done
expect 2 'no such option' "$study" --round 3
expect 2 'takes no operand' "$study" quick
expect 2 'value is missing' "$study" --rounds
expect 2 'from 1 to 500' "$study" --rounds 0
expect 2 'from 1 to 4096' "$study" --samples many
expect 2 'no study is there' "$study" --from "$work/nothing"
expect 2 'no use' "$study" --from "$work" --out "$work/x"
echo 'no marks' >"$work/plain"
expect 2 'one line \[study\]' "$study" --into "$work/plain"
: >"$work/file"
expect 4 'cannot be written' "$study" --out "$work/file/below"

out="$work/a study"
expect 0 'round 3 of 3' "$study" --rounds=3 --samples 5 --seed 7 --out "$out"
cmp -s "$work/out" "$out/table.txt" || fail 'what it prints is not table.txt'
rows=$(sed -n '/^rows() {/,/^EOF/s/^\([a-zA-Z0-9-]*\)|.*/\1/p' "$study")
[ "$(echo "$rows" | wc -l)" -ge 18 ] || fail 'rows are missing in the script'
for row in $rows; do
	awk -F'\t' -v row="$row" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$1 != row { next }
		$at["status"] == "skip" { ok = $at["reason"] != "" }
		$at["status"] == "measured" {
			ok = $at["us"] > 0 && $at["vmas"] > 0 && $at["rss_kib"] > 0 &&
				$at["us_lo"] <= $at["us"] && $at["us"] <= $at["us_hi"] &&
				$at["rounds"] == 3
			if ($at["factor"] == "") # only without its base
				ok = ok && row ~ /^exec-/
			else
				ok = ok && $at["factor"] > 0 &&
					$at["factor_lo"] <= $at["factor"] &&
					$at["factor"] <= $at["factor_hi"]
		}
		END { exit !ok }' "$out/summary.tsv" || fail "row $row"
done
# What the surroundings are is a fact that can be asserted.
vmas() {
	awk -F'\t' -v row="$1" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$1 == row { print $at["vmas"] }' "$out/summary.tsv"
}
base=$(awk -F'\t' '$1 == "again" { print $3 }' "$out/summary.tsv")
[ $(($(vmas mappings-10) - $(vmas "$base"))) -eq 10 ] || fail 'not 10 mappings'
[ $(($(vmas mappings-100) - $(vmas "$base"))) -eq 100 ] ||
	fail 'not 100 mappings'
# The factor is of pairs: computed here by another way.
awk -F'\t' -v base="$base" '
	FNR == 1 { file++; next }
	file == 1 { ns[$1, $2] = $3; next }
	$1 == "thread" { have = $11 }
	END { for (r = 1; r <= 3; r++) x += log(ns["thread", r] / ns[base, r])
		d = exp(x / 3) / have - 1
		exit !(d < 1e-4 && d > -1e-4) }' \
	"$out/blocks.tsv" "$out/summary.tsv" || fail 'the factor is another one'
# Each round has each measured row once, and another order than the next.
for round in 1 2; do
	awk -F'\t' -v r=$round '$2 == r { print $1 }' "$out/blocks.tsv" \
		>"$work/order$round"
	sort "$work/order$round" >"$work/sorted$round"
done
cmp -s "$work/sorted1" "$work/sorted2" || fail 'rounds differ in their rows'
cmp -s "$work/order1" "$work/order2" && fail 'the order is not random'

# One that is ended early takes its cgroup with it.
"$study" --rounds 500 --samples 5 --out "$work/early" >/dev/null 2>&1 &
pid=$!
tries=0
until [ "$(wc -l 2>/dev/null <"$work/early/blocks.tsv")" -ge 3 ] 2>/dev/null ||
	[ $tries -ge 300 ]; do
	tries=$((tries + 1))
	sleep 0.1
done
kill -TERM $pid
wait $pid
[ $? -eq 4 ] || fail 'one that was ended has another status than 4'
[ ! -e "$work/early/summary.tsv" ] || fail 'one that was ended has a summary'
find /sys/fs/cgroup -maxdepth 2 -name "forkmeter-study-$pid" 2>/dev/null |
	grep -q . && fail 'a cgroup is left'

expect 2 'holds a study already' "$study" --out "$out"
printf 'before\n[study]\nold\n[end of study]\nafter\n' >"$work/text"
expect 0 '' "$study" --from "$out" --into "$work/text"
[ "$(sed -n '1p;$p' "$work/text" | tr '\n' ' ')" = 'before after ' ] ||
	fail 'the text around the table was changed'
grep -q 'the baseline again' "$work/text" || fail 'the table is not in the text'
grep -qx old "$work/text" && fail 'the old table is left'
cp "$work/text" "$work/once"
expect 0 '' "$study" --from "$out" --into "$work/text"
cmp -s "$work/text" "$work/once" || fail 'a second time makes another text'
column "$out/rows.tsv" label | awk 'length > 33 { exit 1 }' ||
	fail 'a label is too wide for the table'
cp "$top_srcdir/doc/method" "$work/method" && chmod u+w "$work/method"
expect 0 '' "$study" --from "$out" --into "$work/method"

if command -v gnuplot >/dev/null; then
	expect 0 '' "$study" --from "$out" --figure "$work/study.svg"
	grep -q '</svg>' "$work/study.svg" || fail 'the figure is torn'
	for says in 'the baseline again' '64 MiB' "$(uname -r)"; do
		grep -q "$says" "$work/study.svg" ||
			fail "the figure lacks: $says"
	done
else
	echo 'skip the figure: gnuplot is not installed'
fi
end
