#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Histories whose changes are known: what is told, with which cause, and once.
. "${top_srcdir:-.}/tests/lib.sh"
. "$top_srcdir/tests/nights.sh"
counted=yes
first_night wait spawn --rss 0

# Too little to say anything.
expect 2 'no change of that number' "$fm" trend accept 1 because
nights lab7 1 5 6.12.9 1 1
expect 3 'no series could be judged, of 5 runs on 1 machine$' "$fm" trend
grep -q 'fewer than 6 runs, not judged: 4' "$work/err" || fail "$(cat "$work/err")"

# Forty nights: one bad one, a gap, and from the 31st on another kernel, with
# which fork takes 12 % longer and vfork 4 % less.
nights lab7 6 9 6.12.9 1 1
night lab7 10 6.12.9 1.5 1.5
nights lab7 11 14 6.12.9 1 1
nights lab7 20 30 6.12.9 1 1
nights lab8 1 30 6.12.9 1 1
expect 0 'nothing new is slower' "$fm" trend --dry-run
nights lab7 31 38 6.12.10 1.12 0.96
nights lab8 31 38 6.12.10 1 1
rm -rf results/changes.tsv
expect 1 '1 new change for the worse; 4 shifts, 0 of them told before; 8 series judged, of 71 runs on 2 machines$' \
	"$fm" trend --dry-run --format tsv
[ ! -e results/changes.tsv ] || fail '--dry-run remembers'
[ "$(shifts 'f("verdict") == "slower" && f("strategy") == "fork" &&
	f("ratio_lo") < 1.12 && f("ratio_hi") > 1.12 &&
	f("host") == "lab7" && f("change") == 1 &&
	f("status") == "new"')" -eq 2 ] || fail "fork: $(cat "$work/out")"
[ "$(shifts 'f("verdict") == "faster" && f("strategy") == "vfork" &&
	f("ratio") > 0.94 && f("ratio") < 0.98 &&
	f("change") == 1')" -eq 2 ] || fail "vfork: $(cat "$work/out")"
[ "$(shifts 'f("strategy") == "fork" &&
	f("started") == "2026-02-01T02:00:00Z" &&
	f("last_before") == "2026-01-31T02:00:00Z"')" -eq 2 ] ||
	fail "when: $(cat "$work/out")"
[ "$(shifts 'f("changed") ~ /kernel: 6.12.9 -> 6.12.10/')" -eq 4 ] ||
	fail "with what: $(cat "$work/out")"
for format in text csv json markdown latex; do
	expect 1 '1 new change for the worse' "$fm" trend --dry-run --format $format
	grep -q 12.9 "$work/out" || [ $format = markdown ] || [ $format = latex ] ||
		fail "$format: $(cat "$work/out")"
done

# What is asked for, and what matters.
expect 0 '4 series judged, of 38 runs on 1 machine$' "$fm" trend --dry-run --where host=lab8
expect 1 '1 new change for the worse; 1 shift,' "$fm" trend --dry-run --metric spawn_ns \
	--where strategy=fork --where host=lab7
expect 0 'is slower; [1-9][0-9]* series judged,' "$fm" trend --dry-run --min-effect 30%
expect 1 '1 shift, .* 2 series judged,' "$fm" trend --dry-run --metric instructions:k
grep -q ' us ' "$work/out" && fail "a count is no time: $(cat "$work/out")"
expect 3 'fewer than 6 runs, not judged: 8' "$fm" trend --dry-run --last 5
expect 2 'no column of a series' "$fm" trend --where verdict=slower
expect 2 'no such metric; there is: .*wait_ns' "$fm" trend --metric frobnicate
expect 2 'did you mean spawn_ns?' "$fm" trend --dry-run --metric spwan_ns
expect 3 'no series could be judged, of 0 runs on 0 machines' "$fm" trend --metric spawn_ns --where host=nowhere
expect 2 'want a percentage' "$fm" trend --min-effect x
expect 2 'want at most 2000' "$fm" trend --last 2001
expect 2 'there is accept' "$fm" trend frobnicate

# Two that look at once: one tells it as new, the other as known.
"$fm" trend >one 2>/dev/null &
pid=$!
"$fm" trend >two 2>/dev/null
second=$?
wait $pid
[ $(($? + second)) -eq 1 ] || fail "told by both, or by none: $(cat one two)"
cat one two >both
[ "$(grep -c ' new ' both) $(grep -c ' known ' both)" = '4 4' ] ||
	fail "not new once and known once: $(cat both)"
for text in 'change 1, lab7: 2 slower, 2 faster, after 2026-01-31T02:00:00Z' \
	'changed: kernel: 6.12.9 -> 6.12.10'; do
	grep -q "$text" both || fail "no '$text': $(cat both)"
done

# Nights later it is known, whatever moved: runs that came late, an index that
# was made anew, a journal whose last line is torn.
nights lab7 39 45 6.12.10 1.12 0.96
expect 0 'nothing new is slower; 4 shifts, 4 of them told before' "$fm" trend
nights lab7 15 19 6.12.9 1 1
rm results/history.sqlite
expect 0 '' "$fm" history rebuild
printf '7\tnew\ttorn' >>results/changes.tsv
expect 0 'nothing new is slower; 4 shifts, 4 of them told before' "$fm" trend
grep -q torn results/changes.tsv && fail 'the torn line is still there'
cp results/changes.tsv sound
awk -F'\t' -v OFS='\t' 'NR == 3 { $1 = "one" } { print }' sound \
	>results/changes.tsv
damaged='changes.tsv: line 3 is damaged; delete the line'
expect 4 "$damaged" "$fm" trend
expect 4 "$damaged" "$fm" trend accept 1 because
cp sound results/changes.tsv

# Accepted, with a reason.
expect 2 'no change of that number' "$fm" trend accept 7 because
expect 2 'no change of that number' "$fm" trend accept one because
expect 2 'and why it is accepted' "$fm" trend accept 1
expect 0 'change 1 is accepted' "$fm" trend accept 1 'an old' mitigation
grep -q 'accepted before' "$work/err" && fail 'it was not accepted before'
expect 0 'accepted before, at 20.*: "an old mitigation"; .*: "the new mitigation"' \
	"$fm" trend accept 1 'the new' mitigation
expect 0 '' "$fm" trend
grep -q 'accepted: the new mitigation' "$work/out" || fail "$(cat "$work/out")"
[ "$(grep -c ' accepted ' "$work/out")" -eq 4 ] || fail "$(cat "$work/out")"

# A change for the better is no alarm; one after it, of which machine.json does
# not know, is; a reboot is told.
nights lab8 39 45 6.12.10 1.12 1
night lab7 46 6.12.10 1.06 0.96 b
nights lab7 47 53 6.12.10 1.06 0.96
expect 1 '1 new change for the worse; 8 shifts, 4 of them told before' "$fm" trend
grep -q 'change 2, lab7: 0 slower, 2 faster' "$work/out" ||
	grep -q 'change 3, lab7: 0 slower, 2 faster' "$work/out" ||
	fail "better: $(cat "$work/out")"
grep -A1 'lab7: 0 slower, 2 faster' "$work/out" | grep -q 'changed: rebooted' ||
	fail "a reboot: $(cat "$work/out")"
grep -A1 'lab8: 2 slower, 0 faster' "$work/out" |
	grep -q 'changed: nothing that is recorded' || fail "$(cat "$work/out")"
expect 0 'nothing new is slower; 8 shifts, 8 of them told before' "$fm" trend

# It grows: that is new.
nights lab8 46 53 6.12.10 1.4 1
expect 1 '1 new change for the worse' "$fm" trend
expect 0 'nothing new is slower' "$fm" trend

# What cannot be remembered is not taken for told.
nights lab8 54 62 6.12.10 2 1
(
	trap '' XFSZ
	ulimit -f 1 && "$fm" trend
) >"$work/out" 2>"$work/err"
[ $? -eq 4 ] || fail "no space: $(cat "$work/err")"
if [ "$(id -u)" -ne 0 ]; then
	chmod 444 results/changes.tsv results/history.sqlite
	chmod 555 results
	expect 1 'told, and not remembered' "$fm" trend
	grep -q 'lab8: 2 slower' "$work/out" || fail "read-only: $(cat "$work/out")"
	chmod 755 results
	chmod 644 results/changes.tsv results/history.sqlite
fi
expect 1 '1 new change for the worse' "$fm" trend
# It is told now, where it may be.
expect 0 'nothing new is slower' "$fm" trend

# Two machines of one hardware, one of them slower from its first night on, and
# both measured each night: no change of either.
hardware=twin nights twin1 1 20 6.12.9 1 1
hardware=twin nights twin2 1 20 6.12.9 1.3 1.3
expect 0 'is slower; 8 series judged,' "$fm" trend --where 'host_id=id of twin'
hardware=twin nights twin2 21 28 6.12.9 1.5 1.3
expect 1 '1 new change for the worse; 2 shifts,' "$fm" trend --where host=twin2
expect 0 'is slower; [1-9][0-9]* series judged,' "$fm" trend --where host=twin1
end
