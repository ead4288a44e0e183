#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The lab: all is as it must be, with a memory cgroup and without; nothing is
# left behind, whatever happens.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER

groups_left() {
	find /sys/fs/cgroup -name 'forkmeter-lab-*' 2>/dev/null
}
# Bounded: what a killed lab leaves behind goes within a few seconds.
nothing_left() { # WHEN
	tries=0
	while [ -n "$(groups_left)" ] || pgrep -f "$fm lab" >/dev/null; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || {
			fail "left behind $1: $(groups_left) $(pgrep -fa "$fm lab")"
			return
		}
		sleep 0.1
	done
}
[ -z "$(groups_left)" ] || skip 'another lab is being played'

# is FILE CHECK ON POLICY RESULT
is() {
	have=$(awk -F'\t' -v key="$2/$3/$4" '$1 "/" $2 "/" $3 == key && $4 == "" {
		print $5 }' "$1")
	[ "$have" = "$5" ] || fail "$2 on $3 with $4: '$have', not '$5'"
}
# As it must be; the argument is the result of Linux with eager copy.
judge() {
	for check in simple three file frames; do
		is "$work/out" $check model copy-on-write passed
		is "$work/out" $check Linux copy-on-write passed
	done
	for check in simple three; do
		is "$work/out" $check model 'eager copy' 'failed as it must'
	done
	for check in file frames; do
		is "$work/out" $check model 'eager copy' passed
	done
	is "$work/out" simple Linux 'eager copy' "$1"
	nothing_left 'at the end'
}

expect 0 '' timeout 120 "$fm" lab --format tsv
head -n 1 "$work/out" | tr '\t' ' ' >"$work/header"
echo 'check on policy step result faults copies zero_fills reuses frames usage_kib note' |
	cmp -s - "$work/header" || fail "columns: $(cat "$work/header")"
if grep -q 'no limit:' "$work/err"; then
	grep -q 'do: .' "$work/err" || fail 'no limit, and nothing to do'
	judge skip
	echo "skip the limit: $(cat "$work/err")"
else
	judge 'failed as it must'
	grep -q 'the kernel killed B' "$work/out" || fail 'B was not killed'
fi

# Each write's faults are known by what they did; the peak fits the memory.
expect 0 '' timeout 120 "$fm" lab three,file --steps --format tsv
awk -F'\t' 'NR > 1 && $2 == "model" && $6 != $7 + $8 + $9 && $3 !~ /eager/ {
	print "faults are not accounted for: " $0; bad = 1 } END { exit bad }' \
	"$work/out" || fail 'a fault did nothing, or two things'
awk -F'\t' '$3 != "copy-on-write" || $4 == "" { next }
	$2 == "model" { n = ++seen[$1 $4]; faults[$1 $4, n] = $6
		frames[$1 $4, n] = $10; steps++ }
	$2 == "Linux" { n = ++real[$1 $4]; same += $6 >= faults[$1 $4, n] &&
		$10 == frames[$1 $4, n] }
	END { exit !(steps > 15 && same == steps) }' "$work/out" ||
	fail 'Linux and the model do not agree step by step'
column "$work/out" step | grep -qx 'B forks C' || fail 'no step: B forks C'
grep -q 'kernel writes' "$work/out" || fail "no step of the kernel's"

# Alone, as the usage line has it, and in every format.
checks=$("$fm" lab --help | sed -n '1s/.*lab \[\(.*\)\]\.\.\..*/\1/p' | tr '|' ' ')
[ "$checks" = "$("$fm" lab --format tsv | sed 1d | cut -f1 | uniq |
	tr '\n' ' ' | sed 's/ $//')" ] || fail "--help has other checks: $checks"
for format in text tsv csv json markdown latex; do
	expect 0 '' timeout 60 "$fm" lab file --format $format
	grep -q 'copy-on-write' "$work/out" || fail "--format $format is empty"
	grep -q 'simple' "$work/out" && fail "--format $format: not only file"
done
expect 2 'simpel: no such check; did you mean simple' "$fm" lab simpel
[ ! -s "$work/out" ] || fail 'a refusal prints a table'
expect 2 'did you mean --steps' "$fm" lab --stepz
expect 2 'there is text,tsv' "$fm" lab --format yaml

# Killed at any time, it leaves nothing.
for delay in 0.02 0.05 0.1 0.15 0.2; do
	timeout -s KILL "$delay" "$fm" lab >/dev/null 2>&1
	nothing_left "killed after $delay s"
	timeout -s INT "$delay" "$fm" lab >/dev/null 2>&1
	nothing_left "interrupted after $delay s"
done

# As an ordinary user, who may not make a cgroup there.
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
	chmod 755 "$work"
	cp "$fm" "$work/forkmeter" && chmod 755 "$work/forkmeter"
	fm=$work/forkmeter
	setpriv --reuid=65534 --regid=65534 --clear-groups "$fm" --version \
		>/dev/null || {
		echo 'skip the ordinary user: who cannot run it here'
		end
	}
	expect 0 '' timeout 120 setpriv --reuid=65534 --regid=65534 \
		--clear-groups "$fm" lab --format tsv
	grep -q 'no limit: .*; do: ' "$work/err" || fail 'no reason for no limit'
	judge skip
fi
end
