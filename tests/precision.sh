#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Precision ends a run, or what falls short of it is told; both end in order.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER run=$work/run short=$work/short

# Wide enough for any machine: over as soon as there are twelve rounds, or where
# a busy one takes some more, still long before the time.
expect 0 'each of 1 interval is within +-50 %' "$fm" run wait --strategy vfork \
	--child exit --rss 0 --precision 50% --samples 20 --block-time 1ms \
	--time 2m --out "$run"
[ "$(cat "$work/out")" = "$run" ] || fail 'stdout is not the folder'
rounds=$(column "$run/blocks.tsv" round | sort -n | tail -n 1)
[ "$rounds" -ge 12 ] || fail "ended after $rounds rounds"
[ "$(column "$run/blocks.tsv" block | wc -l)" -eq $((2 * rounds)) ] ||
	fail 'ended within a round'
grep -q '"precision": 0.5,' "$run/machine.json" || fail 'machine.json'
expect 0 '' "$fm" show "$run"
grep -q 'wider than' "$work/err" && fail 'show: wide, though it was reached'

# Its intervals are wider than those of a run that ended by itself, at the level
# that both state; made anew they are the same.
cp "$run/summary.tsv" "$work/summary"
expect 0 '' "$fm" summary "$run"
cmp -s "$run/summary.tsv" "$work/summary" || fail 'summary is not repeatable'
sed 's/"precision": 0.5,/"precision": null,/' "$run/machine.json" \
	>"$work/machine.json"
cp "$work/machine.json" "$run/machine.json"
expect 0 '' "$fm" summary "$run"
{ column "$work/summary" median_lo; column "$run/summary.tsv" median_lo; } |
	awk '{ lo[NR] = $1 } END { exit !(lo[2] > 0 && lo[2] < lo[4]) }' ||
	fail 'intervals of a run that precision ended are not wider'
[ "$(column "$work/summary" level | sort -u)" = 0.95 ] || fail 'level'
rm "$run/machine.json"
cp "$run/summary.tsv" "$work/summary"
expect 0 '' "$fm" summary "$run"
cmp -s "$run/summary.tsv" "$work/summary" ||
	fail 'without machine.json it is not a plain run'
printf '{"precision": 0.5' >"$run/machine.json"
expect 4 'damaged' "$fm" summary "$run"

# What cannot be reached: what fell short, by how much, and status 3.
expect 3 'wait vfork + exit wait_ns: +-.* % of +-0.001 %, .* would do' \
	"$fm" run wait --strategy vfork --child exit --rss 0 \
	--precision 0.001% --rounds 13 --samples 20 --out "$short"
[ "$(cat "$work/out")" = "$short" ] || fail 'stdout is not the folder'
grep -q '13 rounds in .*: not within +-0.001 % are 1 of 1' "$work/err" ||
	fail "no account: $(cat "$work/err")"
grep -Eq 'nan|inf ' "$work/err" && fail 'a number that is none'
expect 0 '1 of 1 intervals are wider than the +-0.001 %' "$fm" show "$short"
expect 3 'too few to tell whether intervals are within +-40 %' "$fm" run wait \
	--strategy vfork --child exit --rss 0 --precision 40% --rounds 2 \
	--out "$work/two"
grep -q 'wait_ns: no interval from 2 blocks' "$work/err" ||
	fail "two rounds: $(cat "$work/err")"
expect 3 'too few\|not within' "$fm" run wait --strategy vfork --child exit \
	--rss 0 --precision 0.001% --time 1s --quiet --out "$work/timed"

# Of many the ten widest are told, the widest first.
expect 3 '  and [1-9][0-9]* more; forkmeter show tells' "$fm" run wait start \
	--child exit --rss 0 --precision 0.001% --rounds 4 --samples 5 \
	--block-time 1ms --out "$work/many"
grep -c 'would do$' "$work/err" | grep -qx 10 ||
	fail "not ten: $(cat "$work/err")"
sed -n 's/.*_ns: +-\([0-9.]*\) % of.*/\1/p' "$work/err" >"$work/widths"
sort -c -g -r "$work/widths" || fail 'not the widest first'

# A plain run says that it is one.
expect 0 '' "$fm" run null --rounds 1 --quiet --out "$work/plain"
grep -q '"precision": null,' "$work/plain/machine.json" || fail 'plain'

expect 0 'ends when all 95 % intervals are within +-2 %' "$fm" run wait \
	--precision 2% --dry-run
grep -q 'the run at most about' "$work/err" || fail 'dry run: no bound'
for wrong in 0 0% 51% 2x -1% nan 1e1 % 2%%; do
	expect 2 'want a percentage such as 2% or 0.5%' "$fm" run wait \
		--precision "$wrong"
done
expect 2 'has no effect on null' "$fm" run null --precision 2%
end
