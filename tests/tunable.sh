#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# --setting: a switch of the machine is as asked for while a block is measured,
# told in the run, and back afterwards, however the run ends.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER
thp=/sys/kernel/mm/transparent_hugepage/enabled
cd "$work" || exit 99

# Each switch there is: its own position is accepted, even of ordinary users.
expect 2 'no such switch; there is: thp,' "$fm" run null --setting q=1
names=$(sed 's/.*there is: //' "$work/err" | tr , ' ')
for name in $names; do
	"$fm" run null --dry-run --setting "$name=?" >/dev/null 2>"$work/err"
	grep -q 'there is no /' "$work/err" && continue
	grep -q 'no such\|want a whole' "$work/err" ||
		fail "$name: $(cat "$work/err")"
done
[ "$(echo "$names" | wc -w)" -ge 5 ] || fail "switches: $names"
expect 2 'did you mean thp_defrag' "$fm" run null --setting thp_defarg=1
[ -r $thp ] || skip 'no transparent huge pages here'
expect 2 'did you mean never' "$fm" run null --setting thp=nevr
expect 2 'set twice' "$fm" run null --setting thp=never --setting thp=always
now=$(sed 's/.*\[\(.*\)\].*/\1/' $thp)
expect 0 '' "$fm" run null --rounds 1 --setting "thp=$now" --out "$work/same"

other=never
[ "$now" = never ] && other=always
if ! [ -w $thp ]; then
	expect 2 "echo $other > $thp" "$fm" run null --setting "thp=$other"
	[ ! -d results ] || fail 'a folder is left'
	end
fi
back() { # within 10 s, for a guardian does it after a kill
	tries=0
	until grep -q "\[$now\]" $thp; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || return 1
		sleep 0.1
	done
}

# An ordinary user is told what to type.
if command -v runuser >/dev/null && runuser -u nobody -- test -x "$fm"; then
	runuser -u nobody -- "$fm" run null --setting "thp=$other" \
		>/dev/null 2>"$work/err" && fail 'an ordinary user may'
	grep -q "as root: echo $other > $thp" "$work/err" ||
		fail "an ordinary user: $(cat "$work/err")"
fi

expect 0 '' "$fm" run null zero_fill --rss 4M --rounds 3 \
	--setting "thp=$other" --out "$work/run"
back || fail 'not put back'
column "$work/run/blocks.tsv" settings |
	grep -qvx "transparent_hugepage/enabled=$other" && fail 'blocks differ'
grep -q "\"thp_enabled\": \".*\[$other\]" "$work/run/machine.json" ||
	fail 'machine.json has not what the blocks had'
grep -q "\"settings\": \"thp=$other\"" "$work/run/machine.json" ||
	fail 'machine.json: settings'

# What a kind of memory needs, and a switch that rules it out.
expect 0 '' "$fm" run zero_fill --rss 4M --backing anon,thp --rounds 1 \
	--setting thp=never --out "$work/conflict"
huge=$(cat "${thp%enabled}hpage_pmd_size")
if grep -q '\[inherit\]' "${thp%enabled}hugepages-$((huge / 1024))kB/enabled"; then
	awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$at["backing"] == "thp" && $at["status"] == "skip" &&
		$at["reason"] ~ /--setting thp=never rules out/ { said = 1 }
		END { exit !said }' "$work/conflict/plan.tsv" ||
		fail "no conflict: $(column "$work/conflict/plan.tsv" reason)"
fi
back || fail 'not put back after a conflict'

# However it ends.
ended() { # SIGNAL
	env --default-signal=INT "$fm" run zero_fill --rss 64M --time 60s \
		--setting "thp=$other" --out "$work/$1" >/dev/null 2>&1 &
	pid=$!
	tries=0
	until grep -q "\[$other\]" $thp && [ -s "$work/$1/blocks.tsv" ]; do
		tries=$((tries + 1))
		[ "$tries" -lt 300 ] || break
		sleep 0.05
	done
	[ "$tries" -lt 300 ] || fail "$1: never set"
	kill "-$1" "$pid"
	wait "$pid" 2>/dev/null
	back || fail "SIG$1: not put back"
}
if env --default-signal=INT true 2>/dev/null; then
	ended INT
	ended KILL
else
	echo 'skip signals: env has no --default-signal'
fi
end
