#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is typed wrongly is answered by one line that says what to do.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER

wrong() { # PATTERN ARGUMENTS...: status 2, one line, nothing on stdout
	pattern=$1
	shift
	expect 2 "$pattern" "$fm" "$@"
	[ "$(wc -l <"$work/err")" -eq 1 ] || fail "not one line: $*"
	[ ! -s "$work/out" ] || fail "output on stdout: $*"
}

cd "$work" || exit 99
wrong 'which command'
wrong 'frobnicate: no such command; there is' frobnicate
wrong 'did you mean run' rnu
wrong 'did you mean summary' sumary
wrong 'no such option of run' run --fast
wrong 'no such option of show' show --strategy fork
wrong 'needs a value' run --rss
wrong 'spork: no such strategy; did you mean fork' run wait --strategy spork
wrong 'no such strategy' run wait --strategy fork,
wrong 'no such backing; there is: none,anon' run wait --backing gold
wrong 'no such child' run wait --child sleep
wrong 'no such profile or workload' run slow
wrong 'did you mean quick' run quik
wrong 'did you mean zero_fill' run zero-fill
wrong 'did you mean posix_spawn' run wait --strategy posixspawn
wrong 'did you mean --strategy' run wait --stratgy fork
wrong 'did you mean --rss' run wait --rrs=1G
wrong 'stands alone' run quick wait
wrong 'this machine has .* GiB' run wait --rss 100T
wrong 'want sizes such as' run wait --rss 64MB
wrong 'want sizes such as' run wait --rss -1
wrong 'want a time such as' run wait --time soon
wrong 'want more than 0' run wait --time 0
wrong 'want a whole number' run wait --rounds many
wrong 'want a whole number' run wait --seed 0x10
wrong 'at least 1' run wait --rounds 0
wrong 'at least 1' run wait --samples 0
wrong 'processor 4096 is not one of this machine; we may use [0-9]' \
	run wait --cpu 4096
wrong 'want KEY=VALUE' run cow --set writer
wrong 'no such parameter' run cow --set reader=child
wrong 'no workload of quick has' run quick --set reader=child
wrong 'no such writer; there is: child,parent' run cow --set writer=cat
wrong 'there is text,tsv' list --format yaml
wrong 'there is text,tsv' run --dry-run --format yaml
wrong 'there are strategies' list colours
wrong 'no run is there' show /nonexistent
wrong '/nonexistent: no run is there: No such file' show /nonexistent
wrong '/dev: no run is there, nor in its folders' show /dev
wrong '/dev/null: no run is there: Not a directory' show /dev/null
wrong 'measure one with' show
wrong 'is no column' show --where colour=red
wrong 'no run is there' summary /nonexistent

for command in '' list run show summary; do
	# shellcheck disable=SC2086
	expect 0 '' "$fm" $command --help
	grep -q '^Usage: forkmeter' "$work/out" || fail "no usage: $command"
done
expect 0 '' "$fm" --version
grep -Eq '^forkmeter [0-9.]+$' "$work/out" || fail 'version'

for format in text tsv csv json markdown latex; do
	expect 0 '' "$fm" list --format $format
	[ -s "$work/out" ] || fail "list --format $format is empty"
done
expect 0 '' "$fm" list strategies --format tsv
for strategy in fork _Fork vfork clone_vm posix_spawn thread; do
	column "$work/out" name | grep -qx "$strategy" ||
		fail "list lacks $strategy"
done
if command -v jq >/dev/null; then
	expect 0 '' "$fm" list --format json
	jq -e 'length > 10' "$work/out" >/dev/null || fail 'list: bad JSON'
fi

wrong 'no such option of run; did you mean --rss' run --rs 16M
wrong 'takes no value' run --quiet=3
wrong 'too large' run wait --seed 99999999999999999999999
wrong 'no such option; see' run -x
wrong 'no such command' help rum
wrong 'takes no arguments' doctor now
# Every check has a verdict; a busy machine is a finding, not a failure.
"$fm" doctor --format tsv >"$work/out" 2>"$work/err"
status=$?
[ $status -eq 0 ] || [ $status -eq 3 ] || fail "doctor: status $status"
column "$work/out" verdict | grep -qvxE 'ok|limit|noise|bad' &&
	fail 'doctor: an unknown verdict'
[ "$(wc -l <"$work/out")" -gt 15 ] || fail 'doctor: checks are missing'
awk -F'\t' 'NR > 1 && $2 != "ok" && $4 == "" { exit 1 }' "$work/out" ||
	fail 'doctor: a gap without its cost'
# For people it fits a page, but for commands, which stay whole.
"$fm" doctor >"$work/out" 2>/dev/null
awk '!/do:    / && length > 80' "$work/out" >"$work/wide"
[ ! -s "$work/wide" ] || fail "doctor: wide lines: $(cat "$work/wide")"
grep -q 'do:    ' "$work/out" || echo 'skip commands: doctor has none here'
# Where is measured; alone on a processor is worth a word.
first=$(taskset -cp $$ 2>/dev/null | sed 's/.*: //; s/[^0-9].*//')
if [ -n "$first" ]; then
	taskset -c "$first" "$fm" doctor --format tsv >"$work/out" 2>/dev/null
	grep -q "^processors	noise	worker on $first, driver on $first" \
		"$work/out" || fail "doctor: $(grep '^processors' "$work/out")"
	grep -q '^NUMA node	' "$work/out" || fail 'doctor: no NUMA node'
else
	echo 'skip doctor on one processor: no taskset here'
fi

expect 0 'points to measure' "$fm" run quick --dry-run --format tsv
column "$work/out" status | grep -qx measure || fail 'dry run plans nothing'
[ ! -e results ] || fail 'a dry run left results behind'
# A profile's entries lose the settings that their new backing does not know,
# and keep those that the user did not name.
expect 0 'points to measure' "$FORKMETER" run full --backing anon --dry-run
expect 0 '' "$FORKMETER" run full --set writer=parent --dry-run --format tsv
grep -q 'descriptors=10000' "$work/out" || fail 'a setting of full is lost'
end
