#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The index of runs: made, added to by several, made anew, and never wrong.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER
cd "$work" || exit 99
export FORKMETER_RESULTS="$work/results"

expect 2 'no history yet\|without SQLite' "$fm" history list
grep -q 'without SQLite' "$work/err" && skip "$(cat "$work/err")"
expect 2 'there is add, list and rebuild' "$fm" history frobnicate
expect 2 'want runs' "$fm" history add
expect 2 'nowhere: no run is there' "$fm" history add nowhere
expect 0 '' "$fm" run wait --strategy fork,vfork --child exit --rss 0 \
	--samples 5 --block-time 1ms --rounds 3 --quiet --out first
expect 0 '' "$fm" summary first

# night N TO: a run like the first, as of the Nth of January.
night() {
	mkdir -p "${2%/*}"
	cp -r first "$2"
	sed "s/\"started\": \"[^\"]*\"/\"started\": \"2026-01-$1T02:00:00Z\"/" \
		first/machine.json >"$2/machine.json"
}
runs() { # what is listed, but for numbers, which depend on the order
	"$fm" history list --format tsv >"$work/list" || fail 'not listed'
	awk -F'\t' -v OFS='\t' '
		NR == 1 { for (i = 1; i <= NF; i++)
			if ($i == "run" || $i == "machine") number[i] = 1 }
		{ for (i in number) $i = ""; print }' "$work/list"
}
count() {
	runs | sed 1d | wc -l
}

for n in 03 01 05; do
	night $n results/lab/$n
	expect 0 'runs added: 1,' "$fm" history add results/lab/$n
done
runs >before
[ "$(count)" -eq 3 ] || fail "not three runs: $(cat before)"
[ "$(column list started | tr '\n' ' ')" = \
	'2026-01-01T02:00:00Z 2026-01-03T02:00:00Z 2026-01-05T02:00:00Z ' ] ||
	fail "late runs are not in their place: $(cat list)"
column list path | grep -qx lab/03 || fail "no path from the index on: $(cat list)"
[ "$(column list points | sort -u)" = 3 ] || fail "points: $(cat list)"

# The same again, also as a copy elsewhere, is the same.
expect 0 'added: 0, there already: 3' "$fm" history add results/lab
runs | cmp -s - before || fail 'adding again changed the history'
cp -r results/lab/03 elsewhere
expect 0 'added: 0, there already: 1' "$fm" history add elsewhere
[ "$(count)" -eq 3 ] || fail 'a copy is another run'
column list path | grep -q "^/.*/elsewhere$" || fail "not its path: $(cat list)"
expect 0 'there already: 3,' "$fm" history add results/lab

# What is derived can be deleted, is made again, and is whatever it was.
rm results/history.sqlite
expect 0 'runs added: 3,' "$fm" history rebuild
runs | cmp -s - before || fail "rebuilt to something else: $(runs)"
head -c 5000 /dev/urandom >results/history.sqlite
expect 4 'history rebuild makes it anew' "$fm" history list
expect 4 'history rebuild makes it anew' "$fm" history add results/lab
expect 0 'runs added: 3,' "$fm" history rebuild
runs | cmp -s - before || fail 'not rebuilt from a damaged one'
if command -v sqlite3 >/dev/null; then
	sqlite3 results/history.sqlite 'PRAGMA user_version = 4'
	expect 4 'another version of forkmeter; .* rebuild' "$fm" history list
	expect 0 'runs added: 3,' "$fm" history rebuild
	[ "$(sqlite3 results/history.sqlite 'PRAGMA integrity_check')" = ok ] ||
		fail 'integrity'
	[ "$(sqlite3 results/history.sqlite \
		'SELECT count(*) FROM value; SELECT count(*) FROM series;
		SELECT count(*) FROM machine; SELECT count(*) > 9 FROM fact' |
		tr '\n' ' ')" = '9 3 1 1 ' ] || fail 'not the rows that there must be'
else
	echo 'skip the look inside: no sqlite3'
fi

# Whoever deletes it while another adds is in nobody's way.
for n in 01 05 20; do
	"$fm" history add results/lab results/lab results/lab results/lab 2>err &
	pid=$!
	sleep "0.$n"
	rm -f results/history.sqlite
	wait "$pid" || fail "deleted after 0.$n s: $(cat err)"
done
expect 0 'runs added: 3,' "$fm" history rebuild
: >results/history.sqlite
expect 2 'no history yet' "$fm" history list
expect 0 'runs added: 3,' "$fm" history rebuild
if [ "$(id -u)" -ne 0 ]; then
	chmod 0 results/history.sqlite
	expect 4 'history.sqlite: Permission denied' "$fm" history list
	chmod 644 results/history.sqlite
fi

# Several add at once, and some of them are killed: nothing is lost or torn.
for n in 06 07 08 09 10 11 12 13; do
	night $n results/lab/$n
done
pids=
for n in 06 07 08 09 10 11 12 13; do
	"$fm" history add results/lab/$n 2>"err$n" &
	pids="$pids $!"
done
for pid in $pids; do
	wait "$pid" || fail "one of eight that add at once: $(cat err*)"
done
[ "$(count)" -eq 11 ] || fail "eight at once: $(cat list)"
for n in 14 15 16 17 18 19; do
	night $n results/lab/$n
	"$fm" history add results/lab/$n 2>/dev/null &
	pid=$!
	sleep "0.0$((${n#1} * 4 + 1))"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	expect 0 '' "$fm" history list
done
expect 0 '' "$fm" history add results/lab
[ "$(count)" -eq 17 ] || fail "after kills: $(cat list)"
runs >before
expect 0 'runs added: 17,' "$fm" history rebuild
runs | cmp -s - before || fail 'kills left something behind'

# A run whose samples were deleted to save space.
rm results/lab/03/samples.tsv
expect 0 'there already: 1,' "$fm" history add results/lab/03
# And was copied: what is newer than what says nothing any more.
touch -d '1 hour ago' results/lab/03/summary.tsv results/lab/03/quantiles.tsv
expect 0 'there already: 1,' "$fm" history add results/lab/03

# What cannot be added is told, and what can be is added.
night 20 results/lab/20
night 21 results/lab/21
head -c 300 first/machine.json >results/lab/20/machine.json
night 22 results/lab/22
rm results/lab/22/machine.json
expect 4 '20/machine.json: damaged' "$fm" history add results/lab
grep -q '22/machine.json: No such file' "$work/err" || fail "$(cat "$work/err")"
grep -q 'added: 1, there already: 17, left out: 2' "$work/err" ||
	fail "not added besides: $(cat "$work/err")"
rm -r results/lab/20 results/lab/22
night 23 results/lab/23
sed '/"host_id"/d' results/lab/23/machine.json >x &&
	mv x results/lab/23/machine.json
expect 2 'does not say of which machine' "$fm" history add results/lab/23
night 23x results/lab/24
expect 2 'does not say when' "$fm" history add results/lab/24
for began in 1969-12-31T23:59:59Z 2026-02-30T02:00:00Z; do
	sed "s/2026-01-23xT02:00:00Z/$began/" results/lab/24/machine.json >x
	cp -r results/lab/24 "results/lab/24 $began"
	mv x "results/lab/24 $began/machine.json"
	expect 2 'does not say when' "$fm" history add "results/lab/24 $began"
	rm -r "results/lab/24 $began"
done
night 25 results/lab/25
for file in blocks samples summary quantiles stability noise; do
	head -n 1 "first/$file.tsv" >"results/lab/25/$file.tsv"
done
expect 2 'no complete block' "$fm" history add results/lab/25
rm -r results/lab/2[345]
mkdir results/lab/26
cp first/plan.tsv results/lab/26
expect 4 'machine.json: No such' "$fm" history rebuild
[ "$(count)" -eq 18 ] || fail 'a run that began is in the way of the others'
rm -r results/lab/26

# A clock that is wrong.
night 27 results/lab/27
sed 's/"started": "2026/"started": "2226/' results/lab/27/machine.json >x &&
	mv x results/lab/27/machine.json
expect 0 'yet to come: the machine.s clock was' "$fm" history add results/lab/27
rm -r results/lab/27
expect 0 'runs added: 18,' "$fm" history rebuild
runs >before

# Two sides of one sitting are a comparison's.
expect 0 '' "$fm" run wait --strategy vfork --child exit --rss 0 --samples 5 \
	--block-time 1ms --rounds 3 --quiet --out results/pair/base
sed 's/"seed"/"sitting": "x", "seed"/' results/pair/base/machine.json >x &&
	mv x results/pair/base/machine.json
expect 2 'one of two runs of one sitting' "$fm" history add results/pair/base
expect 0 'runs added: 18,' "$fm" history rebuild

# No space: nothing is half there.
night 28 results/lab/28
(
	trap '' XFSZ
	ulimit -f 1 && "$fm" history add results/lab/28
) >"$work/out" 2>"$work/err"
[ $? -eq 4 ] || fail "no space: $(cat "$work/err")"
runs | cmp -s - before || fail 'no space, and something is added'
expect 0 'runs added: 1,' "$fm" history add results/lab/28
[ "$(count)" -eq 19 ] || fail 'not added later'
for format in text csv json markdown latex; do
	expect 0 '' "$fm" history list --format $format
	grep -q '2026-01-28T02:00:00Z' "$work/out" || fail "$format: $(cat "$work/out")"
done
end
