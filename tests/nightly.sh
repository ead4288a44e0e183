#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Nights in all weathers: each is measured or says why not, and none is lost.
# shellcheck disable=SC2086,SC2094
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER
cd "$work" || exit 99
"$fm" history list 2>&1 | grep 'without SQLite' && skip 'built without SQLite'
command -v flock >/dev/null || skip 'flock (util-linux) is not installed'

# The scripts, with a page of our own, and a driver whose doctor says what we
# want, and that waits where we want, by the files quiet and slow-COMMAND.
cp -r "$top_srcdir/scripts" scripts
chmod -R u+w scripts
cat >scripts/history-page <<'EOT'
#!/bin/sh
[ ! -e "$TEST/slow-page" ] || { echo $$ >"$TEST/at-page"; exec sleep 60; }
[ ! -e "$TEST/bad-page" ] || { echo 'history-page: no' >&2; exit 4; }
tail -n 1 "$FORKMETER_RESULTS/nights.tsv" >"$FORKMETER_RESULTS/index.html"
echo "$FORKMETER_RESULTS/index.html"
EOT
cat >driver <<'EOT'
#!/bin/sh
if [ "$1" = doctor ]; then
	printf 'what\tverdict\tis\tcosts\tdo\n'
	[ ! -e "$TEST/loud" ] || {
		printf 'other programs\tbad\tprocessor busy\t\t\n'
		exit 3
	}
	exit 0
fi
case " $* " in
*' --dry-run '*) [ ! -e "$TEST/slow-plan" ] || { echo $$ >"$TEST/at-plan"; sleep 1; } ;;
*) [ ! -e "$TEST/slow-$1" ] || { echo $$ >"$TEST/at-$1"; exec sleep 60; } ;;
esac
exec "$REAL" "$@"
EOT
chmod +x scripts/history-page driver
TEST=$work REAL=$fm FORKMETER=$work/driver FORKMETER_LOCK=$work/lock
FORKMETER_RESULTS="$work/all runs"
results=$FORKMETER_RESULTS
export TEST REAL FORKMETER FORKMETER_LOCK FORKMETER_RESULTS
# Words, not one: an option more for each call.
nightly="timeout 120 scripts/nightly --no-report"
tiny='-- null --time 200ms'
host=$(uname -n)

reset() {
	rm -rf "$results"
	rm -f loud slow-* at-* bad-page
}
runs() { # how many are in the history
	"$fm" history list --format tsv 2>/dev/null | sed 1d | grep -c .
}
on_disk() {
	find "$results" -mindepth 3 -maxdepth 3 -name plan.tsv | grep -c .
}
last_night() { # COLUMN
	column "$results/nights.tsv" "$1" | tail -n 1
}
said() { # PATTERN...: each on standard error of the last night
	for text; do
		grep -q -- "$text" "$work/err" ||
			fail "no '$text' in: $(cat "$work/err")"
	done
}
wait_for() { # FILE
	tries=0
	while [ ! -s "$1" ]; do
		tries=$((tries + 1))
		[ $tries -lt 300 ] || return 1
		sleep 0.1
	done
}

# ---------------------------------------------------------------- what is asked
expect 2 'want a time' $nightly --wait soon
expect 2 'want a size' $nightly --space much
expect 2 'needs a value' $nightly --keep
expect 2 'want a number of runs, or all' $nightly --keep few
expect 2 'would delete the samples of the night itself' $nightly --keep 0
expect 2 'no such option' $nightly --frobnicate
expect 2 'comes after --' $nightly quick
expect 2 'is not for a night' $nightly -- null --out here
expect 2 'cannot be planned' $nightly -- nonsense
expect 2 'cannot be planned' $nightly --profile nonsense
expect 2 ': one' $nightly --profile quick -- null
expect 2 'judge measures nothing' $nightly judge -- null
expect 2 "a folder's name" $nightly --host a/b
expect 0 '' $nightly --help
expect 0 '' $nightly --quiet --dry-run $tiny
grep -q 'would make the folder' "$work/out" || fail "no result: $(cat "$work/out")"
grep -q 'would run null .*: 1 points' "$work/out" || fail "$(cat "$work/out")"
[ ! -e "$results" ] || fail '--dry-run makes a folder'

# ------------------------------------------------------------------ a first night
expect 0 '1 run in the history; .* from 6 on, in 5 nights' $nightly $tiny
[ "$(runs)" -eq 1 ] || fail "not in the history: $(cat "$work/err")"
[ "$(cat "$work/out")" = "$results/index.html" ] ||
	fail "not the page: $(cat "$work/out")"
grep -q "^$host	.*Z	.*Z	0	$host/[0-9TZ]*	\$" "$results/index.html" ||
	fail "the page cannot know the night: $(cat "$results/nights.tsv")"
[ "$(find "$results" -name '.nightly*')" = '' ] || fail 'something is left'
expect 0 '' $nightly --dry-run $tiny
grep -q 'would add to the history: 0 runs' "$work/out" || fail "$(cat "$work/out")"
[ "$(runs)" -eq 1 ] || fail '--dry-run adds'

# By a link to the folder of all runs; and where those of one machine lie elsewhere.
ln -s "$results" link
expect 0 '2 runs in the history' env FORKMETER_RESULTS="$work/link" $nightly $tiny
[ "$(runs)" -eq 2 ] || fail "by a link: $(cat "$work/err")"
mkdir -p elsewhere linked
ln -s "$work/elsewhere" "linked/$host"
expect 4 "tonight's run is no part of the history" \
	env FORKMETER_RESULTS="$work/linked" $nightly $tiny

# Cron's environment, another name, and only what is worth a mail.
expect 0 '' env -i PATH=/usr/bin:/bin HOME="$work" TEST="$work" REAL="$fm" \
	FORKMETER="$FORKMETER" FORKMETER_LOCK="$FORKMETER_LOCK" \
	FORKMETER_RESULTS="$results" $nightly --quiet --host lab7 $tiny
[ ! -s "$work/err" ] || fail "--quiet says: $(cat "$work/err")"
"$fm" history list --format tsv >list
[ "$(column list host | sort -u | tr '\n' ' ')" = "$(printf '%s\n' "$host" lab7 |
	sort | tr '\n' ' ')" ] || fail "host: $(cat list)"
[ "$(last_night host) $(last_night status)" = 'lab7 0' ] || fail 'its line'

# The journal's priorities.
(
	exec 2>"$work/err"
	JOURNAL_STREAM=$(stat -L -c %d:%i "$work/err")
	export JOURNAL_STREAM
	touch loud
	$nightly --wait 0 $tiny
) >"$work/out"
grep -q '^<4>not quiet after 0 s' "$work/err" || fail "$(cat "$work/err")"

# ------------------------------------------------------------------ not quiet
expect 3 'not quiet after 2 s, nothing is measured: other programs' \
	$nightly --wait 2s $tiny
said 'waiting until it is quiet'
[ "$(grep -c 'waiting until' "$work/err")" -eq 1 ] || fail 'says it too often'
[ "$(last_night status)" = 3 ] || fail 'its status'
last_night reason | grep -q 'not quiet in time: other programs' || fail 'why'
expect 0 'measured though it is not quiet' $nightly --wait 0 --anyway $tiny
rm loud

# ------------------------------------------------------------------ the limit
expect 0 'ended at the limit of 2 s; its [0-9]* complete blocks are used' \
	$nightly --limit 2s -- null --time 50s
last_night reason | grep -q 'ended at the limit' || fail 'the limit is not told'

# ------------------------------------------------------- killed at any moment
reset
expect 0 '' $nightly $tiny
for step in run history trend page; do
	for signal in KILL TERM; do
		rm -f slow-* at-*
		touch slow-$step
		scripts/nightly --no-report $tiny >out 2>err &
		pid=$!
		wait_for at-$step || fail "$step is never reached: $(cat err)"
		kill -$signal $pid
		wait $pid
		ended=$?
		# What it was doing has the lock until it ends.
		[ $signal = TERM ] || [ $step = page ] ||
			expect 3 'goes on, though it was killed' \
				$nightly --wait 0 $tiny
		kill "$(cat at-$step)" 2>/dev/null
		rm -f slow-* at-*
		[ $ended -gt 128 ] || fail "$step: SIG$signal, and status $ended"
		[ $signal = KILL ] || [ $step = page ] ||
			last_night reason | grep -q 'ended by SIGTERM while' ||
			fail "$step, TERM: $(cat err)"
		[ $signal = KILL ] || grep -q 'ended by SIGTERM while' err ||
			fail "$step, TERM, and not a word: $(cat err)"
		expect 0 '' $nightly $tiny
		[ $signal = TERM ] || [ $step = page ] ||
			said "the night of .* was killed while"
		[ "$(runs)" -eq "$(on_disk)" ] ||
			fail "$step, $signal: $(runs) of $(on_disk) in the history"
	done
done
column "$results/nights.tsv" reason | grep -q 'killed while judging' ||
	fail "what was killed is not told: $(cat "$results/nights.tsv")"

# Before it has the lock.
mkdir ours
touch slow-plan
TMPDIR=$work/ours scripts/nightly --no-report $tiny >out 2>err &
pid=$!
wait_for at-plan || fail "nothing is planned: $(cat err)"
kill -TERM $pid
wait $pid
[ $? -gt 128 ] || fail 'plans through SIGTERM'
rm slow-plan
[ -z "$(ls ours)" ] || fail "left behind: $(ls ours)"

# While it waits: for a quiet machine, or for another nightly.
touch loud
for signal in KILL TERM; do
	nights=$(grep -c . "$results/nights.tsv")
	scripts/nightly --no-report $tiny >out 2>err &
	pid=$!
	tries=0
	until grep -q 'waiting until' err 2>/dev/null || [ $tries -gt 100 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	expect 3 'another nightly is at work' $nightly --wait 0 $tiny
	scripts/nightly --no-report --wait 60s $tiny >out2 2>err2 &
	second=$!
	tries=0
	until grep -q 'waiting for it' err2 2>/dev/null || [ $tries -gt 100 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	kill -$signal $second
	wait $second
	[ $? -gt 128 ] || fail "waits for its turn through SIG$signal"
	kill -$signal $pid
	wait $pid
	[ $? -gt 128 ] || fail "waits for quiet through SIG$signal"
	rm loud
	expect 0 '' $nightly $tiny
	touch loud
	[ "$(grep -c . "$results/nights.tsv")" -eq $((nights + 2)) ] ||
		fail "not two nights: $(cat "$results/nights.tsv")"
done
rm loud
column "$results/nights.tsv" reason |
	grep -q 'killed while waiting for a quiet machine' ||
	fail "not told: $(cat "$results/nights.tsv")"

# Killed at moments that nobody chose, the driver, too.
before=$(on_disk)
for moment in 0.1 0.4 0.7 1.0 1.3; do
	setsid scripts/nightly --no-report -- wait --strategy fork --rss 0 \
		--time 3s >out 2>err &
	pid=$!
	sleep $moment
	kill -KILL -- -$pid 2>/dev/null
	wait $pid
done
none_left "$results" || fail 'something of a killed night goes on'
find "$results" -name blocks.tsv -exec touch -d '1 hour ago' {} +
expect 0 '' $nightly $tiny

# What is kept of a run is told.
scripts/nightly --no-report -- wait --strategy fork --rss 0 --time 30s >out 2>err &
pid=$!
tries=0
until run=$(find "$results" -name blocks.tsv -newer out) && [ -n "$run" ] &&
	[ "$(wc -l <"$run")" -gt 1 ] || [ $tries -gt 300 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
kill -TERM $pid
wait $pid
grep -q 'ended by SIGTERM while measuring: [1-9][0-9]* blocks\{0,1\} of .* kept' err ||
	fail "not told what is kept: $(cat err)"
find "$results" -name blocks.tsv -exec touch -d '1 hour ago' {} +
expect 0 '' $nightly $tiny
"$fm" history list --format tsv >list
for plan in "$results"/*/*/plan.tsv; do
	run=${plan%/plan.tsv}
	[ "$(head -n 2 "$run/blocks.tsv" 2>/dev/null | wc -l)" -eq 2 ] || continue
	column list path | grep -qxF "${run#"$results"/}" ||
		fail "lost: $run ($(cat "$work/err"))"
done
[ "$(on_disk)" -gt "$before" ] || fail 'no run was killed'

# --------------------------------------------------------- two at the same time
reset
echo precious >precious # to which somebody else's link leads
ln -s "$work/precious" "$FORKMETER_LOCK.$(id -u)"
touch slow-run
scripts/nightly --no-report $tiny >out 2>err &
pid=$!
wait_for at-run || fail "$(cat err)"
[ "$(cat precious)" = precious ] || fail 'wrote where a link of the lock leads'
expect 3 "process $pid of $(id -un) has it since 2" $nightly --wait 0 $tiny
expect 0 '' $nightly --dry-run $tiny
grep -q 'would take the lock' "$work/out" || fail "$(cat "$work/out")"
expect 3 "process $pid of $(id -un) has it since 2" $nightly --wait 0 $tiny
expect 3 'still at work after 1 s' $nightly --wait 1 $tiny
said "waiting for it, for 1 s at most"
rm slow-run
$nightly --wait 90s $tiny >out2 2>err2 &
second=$!
sleep 0.5
kill -TERM $pid
wait $pid
wait $second || fail "the second does not come to its turn: $(cat err2)"
[ "$(runs)" -eq 1 ] || fail "two: $(runs) runs"
if [ "$(id -u)" -eq 0 ] && command -v runuser >/dev/null; then
	# Another user meets the same lock.
	chmod 755 "$work"
	rm -f at-run && touch slow-run
	scripts/nightly --no-report $tiny >out 2>err &
	pid=$!
	wait_for at-run || fail "$(cat err)"
	mkdir -m 777 theirs
	expect 3 "process $pid of root has it" runuser -u nobody -- \
		env FORKMETER_RESULTS="$work/theirs" TMPDIR=/tmp \
		$nightly --wait 0 $tiny
	kill -TERM $pid
	wait $pid
	rm slow-run
	expect 0 'measuring null' runuser -u nobody -- \
		env FORKMETER_RESULTS="$work/theirs" TMPDIR=/tmp $nightly $tiny
	chmod 700 "$work"
else
	echo 'skip another user: needs root and runuser'
fi

# --------------------------------------------------- what is there and is not well
reset
expect 0 '' $nightly $tiny
good=$(dirname "$(find "$results" -name plan.tsv)")
dated() { # NAME DATE: a copy of the good one, as if begun then
	cp -r "$good" "$results/$1"
	sed "s/\"started\": \"[^\"]*\"/\"started\": \"$2T02:00:00Z\"/" \
		"$good/machine.json" >"$results/$1/machine.json"
	touch -d '1 day ago' "$results/$1"/*.tsv
}
dated "$host/torn" 2026-01-01
head -c 200 "$good/machine.json" >"$results/$host/torn/machine.json"
dated "$host/no-json" 2026-01-02
rm "$results/$host/no-json/machine.json"
dated "$host/no-plan" 2026-01-03
rm "$results/$host/no-plan/plan.tsv"
mkdir "$results/$host/empty"
# An older version's: fewer columns, fewer tables. And a torn line at the end.
dated "$host/old" 2026-01-04
for file in stability noise slopes histograms; do
	rm -f "$results/$host/old/$file.tsv"
done
cut -f1-20 "$good/blocks.tsv" >"$results/$host/old/blocks.tsv"
printf '1\t9\t' >>"$results/$host/old/samples.tsv"
touch -d '1 day ago' "$results/$host/old"/*.tsv
expect 0 'added to the history: 2 runs' $nightly $tiny
said 'left out: .*/torn: .*damaged' 'left out: .*/no-json: ' \
	'left out: .*/no-plan: '
[ "$(runs)" -eq 3 ] || fail "an old run is left out: $(cat "$work/err")"
expect 0 'as before: 3 runs; left-out.tsv says why' $nightly $tiny
grep -q 'left out: ' "$work/err" && fail "told again: $(cat "$work/err")"
cp "$good/machine.json" "$results/$host/torn/machine.json"
sed -i 's/"started": "[^"]*"/"started": "2026-01-01T02:00:00Z"/' \
	"$results/$host/torn/machine.json"
expect 0 'as before: 2 runs' $nightly $tiny
[ "$(runs)" -eq 6 ] || fail "mended, and not added: $(runs)"

# The clock was set back.
dated "$host/later" "$(date -u -d '+3 days' +%Y-%m-%d)"
"$fm" history add "$results/$host/later" 2>/dev/null
expect 0 'yet to come: the clock was set back' $nightly --keep 1 $tiny
tonight=$(find "$results/$host" -name plan.tsv -newer "$results/$host/later" \
	-printf '%T@ %h\n' | sort -n | tail -n 1 | cut -d' ' -f 2-)
[ -s "$tonight/samples.tsv" ] || fail "tonight's samples were taken for old: $tonight"
"$fm" history list --format tsv >list
column list started | sort -c || fail 'not in order'
rm -r "$results/$host/later"

# The index is gone, or damaged.
known=$(runs)
rm "$results/history.sqlite"
expect 0 'the history is made anew, of ' $nightly $tiny
[ "$(runs)" -eq "$known" ] || fail "made anew: $(runs), not $known"
head -c 5000 /dev/urandom >"$results/history.sqlite"
expect 0 'the history is made anew, of ' $nightly $tiny
said 'history rebuild makes it anew'
[ "$(runs)" -eq $((known + 1)) ] || fail "made anew: $(runs)"

# The page fails: the rest is done, and it is told.
touch bad-page
expect 4 'no page: history-page: no' $nightly $tiny
rm bad-page

# The real page and report, from a first night on which nothing was measured.
real="timeout 300 $top_srcdir/scripts/nightly"
reset
touch loud
expect 3 'no page yet: there is no history' $real --wait 0 $tiny
rm loud
if command -v sqlite3 >/dev/null && command -v gnuplot >/dev/null; then
	expect 0 '' $real $tiny
	grep -q "$host" "$results/index.html" || fail 'no page of this machine'
	[ "$(cat "$work/out")" = "$results/index.html" ] ||
		fail "not the page's path: $(cat "$work/out")"
	[ -s "$results/$(last_night run)/report/index.html" ] || fail 'no report'
else
	expect 0 'no page: .* is not installed' $real $tiny
	echo 'skip the real page and report: no sqlite3 or gnuplot'
fi

# ------------------------------------------------------------------ no room
expect 4 'iB are free, and --space asks for 999999\.0 GiB: nothing is measured' \
	$nightly --space 999999G $tiny
last_night reason | grep -q 'iB are free' || fail 'no room is not told'
if [ "$(id -u)" -eq 0 ] && mkdir small &&
	mount -t tmpfs -o size=1500k none small 2>/dev/null; then
	FORKMETER_RESULTS=$work/small
	expect 0 '' $nightly --space 1K $tiny
	expect 4 'No space left on device' $nightly --space 1K -- wait \
		--strategy vfork --rss 0 --time 20s
	mount -o remount,size=20m small
	touch -d '1 hour ago' small/"$host"/*/*.tsv
	expect 0 '' $nightly --space 1K $tiny
	"$fm" history list --format tsv >list 2>/dev/null
	[ "$(sed 1d list | wc -l)" -eq 3 ] || fail "after no room: $(cat list)"
	mount -o remount,ro small
	expect 4 'cannot be written to by .*: Read-only file system' $nightly $tiny
	umount small
	FORKMETER_RESULTS=$results
else
	echo 'skip a full disk and a read-only one: cannot mount a small tmpfs'
fi
if [ "$(id -u)" -ne 0 ]; then
	mkdir -m 555 closed
	expect 4 'cannot be written to by .*: Permission denied' \
		env FORKMETER_RESULTS="$work/closed" $nightly $tiny
fi

# ------------------------------------- what became slower, and what may be deleted
reset
expect 0 '' "$fm" run wait --strategy fork,vfork --child exit --rss 0 \
	--samples 5 --block-time 1ms --rounds 3 --quiet --out first
night() { # HOST DAY KERNEL FACTOR
	dir=$results/$1/$(printf %03d "$2")
	mkdir -p "$dir"
	cp first/*.tsv "$dir"
	day=$(date -u -d "2026-01-01 + $2 days" +%Y-%m-%dT02:00:00Z)
	sed "s/\"started\": \"[^\"]*\"/\"started\": \"$day\"/
		s/\"host\": \"[^\"]*\"/\"host\": \"$1\"/
		s/\"host_id\": \"[^\"]*\"/\"host_id\": \"id of $1\"/
		s/\"kernel\": \"[^\"]*\"/\"kernel\": \"$3\"/
		s/\"state\": \"[^\"]*\"/\"state\": \"state $3\"/" \
		first/machine.json >"$dir/machine.json"
	awk -F'\t' -v OFS='\t' -v n="$2" -v factor="$4" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i
			srand(n) }
		NR > 1 {
			$at["median"] = 20000 * (1 + 0.01 * (rand() - 0.5)) * \
				($at["strategy"] == "fork" ? factor : 1)
			$at["verdict"] = "ok"
		}
		{ print }' first/summary.tsv >"$dir/summary.tsv"
	touch -d '1 day ago' "$dir"/*.tsv # none is older than what it is made of
}
for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	if [ $n -le 12 ]; then
		night lab7 $n 6.12.9 1
	else
		night lab7 $n 6.12.10 1.12
	fi
done
# Told before it is remembered: killed in between, it is told again.
mkdir -p "$results"
touch slow-trend
cat >second <<'EOT'
#!/bin/sh
# A driver whose trend goes well without its memory, and waits with it.
case " $* " in
*' trend '*' --dry-run '*) exec "$REAL" "$@" ;;
esac
exec "$TEST/driver" "$@"
EOT
chmod +x second
FORKMETER=$work/second scripts/nightly judge --keep 4 >out 2>err &
pid=$!
wait_for at-trend || fail "$(cat err)"
kill -KILL $pid
wait $pid
kill "$(cat at-trend)"
rm -f slow-trend at-trend
grep -q 'lab7: slower since' err || fail "not told first: $(cat err)"
expect 1 'lab7: slower since 2026-01-14T02:00:00Z (the run before: 2026-01-13' \
	$nightly judge --keep 4
said 'wait fork exit none wait_ns +1[12]\.[0-9] % (+.* .. +.* %)' \
	'Changed with it: .*kernel: 6.12.9 -> 6.12.10' \
	'forkmeter trend accept 1 REASON'
# All but the newest 4, and 3 on either side of where the change may lie.
said 'deleted samples.tsv of [0-9]* runs .* (--keep 4)'
for n in 010 011 012 013 014 015 017 018 019 020; do
	[ -e "$results/lab7/$n/samples.tsv" ] || fail "not kept: $n"
done
for n in 001 002 003 004 005; do
	[ ! -e "$results/lab7/$n/samples.tsv" ] || fail "not deleted: $n"
done
expect 0 '1 of them told before' $nightly judge --keep 4
grep -q deleted "$work/err" && fail 'deleted twice'
rm "$results/history.sqlite"
expect 0 'made anew, of 20 runs' $nightly judge --keep all

# A machine's own night tells of that machine, and 1 comes before 4.
for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do
	for name in lab5 lab6; do
		night $name $n 6.12.$((n / 8)) "1.$((n / 8))"
	done
done
touch bad-page
expect 1 'lab6: slower since 2026-01-09T02:00:00Z' $nightly --host lab6 $tiny
rm bad-page
said 'no page: history-page: no'
grep -q lab5 "$work/err" && fail "tells of others: $(cat "$work/err")"
[ "$(last_night host) $(last_night status)" = 'lab6 1' ] || fail 'its line'
last_night reason | grep -q '^lab6: slower since' || fail 'its reason'
expect 1 'lab5: slower since' $nightly judge
grep -q lab6: "$work/err" && fail "told twice: $(cat "$work/err")"

# Neither without a whole summary, nor what is not in the history.
for n in 31 32 33 34 35; do night lab8 $n 6.12.9 1; done
printf 'torn' >>"$results/lab8/031/summary.tsv"
touch -d '2 days ago' "$results/lab8/032/quantiles.tsv"
rm -f "$results/lab8/033/quantiles.tsv"
mkdir -p "$results/lab8/034x" && cp "$results"/lab8/034/* "$results/lab8/034x"
rm "$results/lab8/034x/machine.json"
expect 0 '' $nightly judge --quiet --dry-run --keep 1
grep -q 'would delete samples.tsv' "$work/out" || fail "$(cat "$work/out")"
[ -e "$results/lab8/035/samples.tsv" ] || fail '--dry-run deletes'
# Nor where nobody can say which changes there are.
cp "$results/changes.tsv" told
sed '2s/	.*//' told >"$results/changes.tsv"
expect 4 'changes.tsv cannot be read, or is damaged: nothing is deleted' \
	$nightly judge --keep 1
rm "$results/changes.tsv"
mkdir "$results/changes.tsv"
expect 4 'changes.tsv cannot be read, or is damaged: nothing is deleted' \
	$nightly judge --keep 1
[ -e "$results/lab8/034/samples.tsv" ] || fail 'deleted: 034'
rmdir "$results/changes.tsv"
cp told "$results/changes.tsv"
expect 0 '' $nightly judge --keep 1
for n in 031 034x 035; do
	[ -e "$results/lab8/$n/samples.tsv" ] || fail "deleted: $n"
done
[ ! -e "$results/lab8/034/samples.tsv" ] || fail 'kept: 034'

# Nor what is in the history, but has lost a part of its summary since.
for n in 36 37 38; do night lab8 $n 6.12.9 1; done
expect 0 '' $nightly judge --keep all
touch -d '2 days ago' "$results/lab8/036/quantiles.tsv"
rm "$results/lab8/037/quantiles.tsv"
expect 0 '' $nightly judge --keep 1
for n in 036 037; do
	[ -e "$results/lab8/$n/samples.tsv" ] || fail "deleted: $n"
done
end
