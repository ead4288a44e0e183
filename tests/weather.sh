#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Bad weather: Ctrl-C, SIGKILL, no space, no permission. Complete blocks are
# kept and readable, nothing is left running, and one line says what to do.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER
command -v pgrep >/dev/null || skip 'pgrep (procps) is not installed'

# wait_for_blocks DIR: until two blocks are committed (bounded).
wait_for_blocks() {
	tries=0
	until [ -s "$1/blocks.tsv" ] && [ "$(wc -l <"$1/blocks.tsv")" -gt 2 ]; do
		tries=$((tries + 1))
		[ "$tries" -lt 300 ] || return 1
		sleep 0.1
	done
}

# readable DIR: its summary can be made, of at least one point.
readable() {
	"$fm" summary "$1" >/dev/null 2>&1 || fail "$1: no summary"
	[ "$(wc -l <"$1/summary.tsv")" -gt 1 ] || fail "$1: empty summary"
}

# Interactive shells give a job its own default signals; a script's background
# jobs ignore SIGINT, so setsid + env restores the default here.
interrupt() { # SIGNAL DIR
	env --default-signal=INT,TERM,HUP "$fm" run cow wait --rss 16M \
		--set writer=parent --time 60s --out "$2" >/dev/null 2>"$2.err" &
	pid=$!
	wait_for_blocks "$2" || fail "$1: nothing was measured"
	kill "-$1" "$pid"
	wait "$pid" 2>/dev/null
	status=$?
	none_left "driver.$pid " || fail "$1: a worker is left"
}

if env --default-signal=INT true 2>/dev/null; then
	interrupt INT "$work/int"
	[ "$status" -eq 130 ] || fail "SIGINT: status $status"
	grep -q 'interrupted; the .* complete blocks are kept in' \
		"$work/int.err" || fail "SIGINT: $(cat "$work/int.err")"
	[ -s "$work/int/summary.tsv" ] || fail 'SIGINT: no summary'
	interrupt TERM "$work/term"
	[ "$status" -eq 143 ] || fail "SIGTERM: status $status"
	readable "$work/term"
	interrupt KILL "$work/kill"
	readable "$work/kill"
else
	echo 'skip signals: env has no --default-signal'
fi

# A killed worker breaks its block alone; the run goes on and says so.
"$fm" run cow --rss 64M --rounds 4 --samples 5 --out "$work/shot" \
	>/dev/null 2>"$work/err" &
pid=$!
wait_for_blocks "$work/shot" || fail 'nothing was measured'
tries=0
until pkill -KILL -f "forkmeter-worker driver.$pid .*workload.cow"; do
	tries=$((tries + 1))
	[ "$tries" -lt 100 ] || break
done
wait "$pid"
status=$?
[ "$status" -eq 4 ] || fail "a killed worker: status $status"
grep -q 'blocks\? broke, the first because: the worker was killed' \
	"$work/err" || fail "a killed worker: $(cat "$work/err")"
column "$work/shot/blocks.tsv" status | grep -qx broken ||
	fail 'the broken block is not recorded'

# A file that may not grow stands for a disk that is full.
(
	ulimit -f 64
	"$fm" run wait --rounds 20 --out "$work/full"
) >/dev/null 2>"$work/err"
status=$?
[ "$status" -eq 4 ] || fail "no space: status $status"
grep -q 'are kept: free space, or choose --out on another disk' "$work/err" ||
	fail "no space: $(cat "$work/err")"
readable "$work/full"

# A real full disk, where one can be mounted.
trap 'umount "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT
if mkdir "$work/disk" && mount -t tmpfs -o size=96k tmpfs "$work/disk" \
	2>/dev/null; then
	"$fm" run wait --rounds 20 --out "$work/disk/run" >/dev/null \
		2>"$work/err"
	status=$?
	[ "$status" -eq 4 ] || fail "full disk: status $status"
	grep -q 'No space left on device' "$work/err" ||
		fail "full disk: $(cat "$work/err")"
	cp -r "$work/disk/run" "$work/rescued"
	umount "$work/disk"
	readable "$work/rescued"
else
	echo 'skip the full disk: cannot mount a tmpfs'
fi

# A folder that may not be written to.
mkdir "$work/closed"
chmod 555 "$work/closed"
if touch "$work/closed/x" 2>/dev/null; then
	rm -f "$work/closed/x"
	expect 4 'choose another --out' "$fm" run wait --out /proc/forkmeter
else
	expect 4 'choose another --out' "$fm" run wait --out "$work/closed/run"
fi
[ "$(wc -l <"$work/err")" -eq 1 ] || fail "not one line: $(cat "$work/err")"
FORKMETER_RESULTS=/proc/forkmeter expect 4 'FORKMETER_RESULTS' "$fm" run wait
end
