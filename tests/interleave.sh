#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Two runs in one sitting: blocks take turns, each side is a run like any other,
# what only one side is asked for shows there alone, and nothing is left behind.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER out=$work/out.d
base=$out/base new=$out/new
cd "$work" || exit 99

# What compare says of them is tests/compare.sh's; here they are measured.
# shellcheck disable=SC2317
sides() { # BASE NEW ARGUMENTS...
	status=0
	"$fm" compare --interleave "$@" || status=$?
	case $status in 1 | 3) return 0 ;; esac
	return "$status"
}

fact() { # SIDE KEY
	"$fm" show "$out/$1" --machine --format tsv 2>/dev/null |
		awk -F'\t' -v key="$2" '$1 == key { print $3 }'
}

# at_ms, side, round and point of all blocks, in order of time.
blocks() {
	for side in base new; do
		awk -F'\t' -v side=$side '
			NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
			{ print $at["at_ms"], side, $at["round"], $at["point"] }
			' "$out/$side/blocks.tsv"
	done | sort -n
}

expect 0 '' sides '' '--inject vfork=1000000' spawn wait \
	--strategy fork,vfork --child exit --rounds 6 --samples 5 --seed 3 \
	--out "$out"
grep -q "into $base and $new" "$work/err" || fail 'not both folders'
for file in machine.json plan.tsv samples.tsv blocks.tsv summary.tsv; do
	for side in "$base" "$new"; do
		[ -s "$side/$file" ] || fail "no $side/$file"
	done
done
cmp -s "$base/plan.tsv" "$new/plan.tsv" || fail 'the plans differ'

# Five points, six rounds; partners follow one another, either of both first.
blocks >"$work/blocks"
awk 'NR % 2 { side = $2; round = $3; point = $4; first[side]++; next }
	{ if ($2 == side || $3 != round || $4 != point) bad++
	  if (seen[$3, $4]++) bad++ }
	END { exit bad || NR != 60 || !first["base"] || !first["new"] }' \
	"$work/blocks" || fail "blocks do not take turns: $(cat "$work/blocks")"
awk 'NR % 2 { order[$3] = order[$3] " " $4 }
	END { exit order[1] == order[2] }' "$work/blocks" ||
	fail 'two rounds in the same order'

# The effect is on one side, in one strategy: a lower bound by construction.
median() { # SIDE STRATEGY METRIC
	"$fm" show "$out/$1" --where "strategy=$2" --metric "$3" --format tsv \
		2>/dev/null >"$work/shown"
	column "$work/shown" median | cut -d. -f1
}
for metric in spawn_ns wait_ns; do
	is=$(median new vfork $metric)
	[ "$is" -ge 1000000 ] || fail "no effect: $metric, $is ns"
	was=$(median base vfork $metric)
	[ "$was" -lt "$is" ] || fail "on base: $metric, $was of $is ns"
done

# They know of each other; the state differs in what was asked for alone.
[ "$(fact base sitting)" = "$(fact new sitting)" ] || fail 'sitting'
[ "$(fact base sitting | wc -c)" -eq 17 ] || fail 'no sitting'
[ "$(fact base side) $(fact new side)" = 'base new' ] || fail 'side'
[ "$(fact new side_words)" = '--inject vfork=1000000' ] || fail 'side_words'
[ "$(fact base seed)" = "$(fact new seed)" ] || fail 'seed'
[ "$(fact base state)" != "$(fact new state)" ] || fail 'the same state'
[ "$(fact base worker)" = "$(fact new worker)" ] || fail 'worker'

# One is no run that is found without its name; both are no single run.
expect 2 'two interleaved runs are there' "$fm" show "$out"
FORKMETER_RESULTS=$work expect 2 'no run under' "$fm" show
FORKMETER_RESULTS=$work/all expect 0 '' sides '' '' wait \
	--strategy vfork --child exit --samples 5 --rounds 1
grep -q 'all/.*Z-interleaved/base ' "$work/err" || fail 'not dated'
FORKMETER_RESULTS=$work/all expect 2 'no run under' "$fm" show

# Sides that differ in an axis; points that one side alone has.
rm -r "$out"
expect 0 '' sides '--strategy vfork' "--strategy 'fork'" wait \
	--child exit --rounds 2 --samples 5 --out "$out"
[ "$(wc -l <"$base/blocks.tsv") $(wc -l <"$new/blocks.tsv")" = '5 5' ] ||
	fail 'vfork and fork are no partners'
rm -r "$out"
expect 0 '' sides '' '--strategy fork' wait --strategy vfork,fork \
	--child exit --rounds 1 --samples 5 --out "$out"
grep -q 'the other side has no such point' "$base/plan.tsv" || fail 'not told'
[ "$(wc -l <"$base/blocks.tsv") $(wc -l <"$new/blocks.tsv")" = '3 3' ] ||
	fail 'points that one side alone has'
expect 2 'nothing to compare: the other side' sides \
	'--strategy fork' '--strategy vfork,posix_spawn' wait --rounds 1
expect 0 'points to measure' sides '' '' wait --dry-run
[ ! -d results ] || fail 'a folder is left'

# Another build beside its worker; and one that would not be understood.
mkdir "$work/other" "$work/old" "$work/none"
libexec=$(dirname "$(fact base worker)")
cp "$libexec/forkmeter-worker" "$work/other/"
cp "$libexec"/forkmeter-target* "$work/other/" 2>/dev/null
cp "$fm" "$work/other/forkmeter"
rm -r "$out"
expect 0 '' sides '' "'$work/other/forkmeter' --child exec" wait \
	--strategy fork --child exec --rounds 1 --samples 5 --out "$out"
[ "$(fact new worker)" = "$(cd "$work/other" && pwd -P)/forkmeter-worker" ] ||
	fail "the other's worker: $(fact new worker)"
printf '#!/bin/sh\nprintf "strategy\\tfork\\tyes\\t\\n"\n' \
	>"$work/old/forkmeter-worker"
chmod +x "$work/old/forkmeter-worker"
expect 4 'is of another build.*build both from one version' \
	sides '' "$work/old/" wait --rounds 1
expect 2 'no forkmeter-worker beside it' sides '' "$work/none/" wait
expect 2 'name another forkmeter' sides "$work/no/where" '' wait

# Mistakes.
wrong() { # PATTERN BASE NEW
	expect 2 "$1" sides "$2" "$3" wait --rounds 1 --out "$work/wrong"
	[ ! -e "$work/wrong" ] || fail "a folder is left: $2, $3"
}
wrong 'did you mean --strategy' '' '--stratgy fork'
wrong 'did you mean fork' '' '--strategy frok'
wrong 'did you mean vfork' '' '--inject vfrok=5'
wrong 'did you mean thp?' '--setting thpp=never' ''
wrong 'rounds is for both sides' '--rounds 3' ''
wrong 'out is for both sides' '' "--out $work/elsewhere"
wrong 'workloads are for both sides' '' spawn
wrong 'a quote is not closed' '' "--strategy 'fork"
expect 2 'each one string of words' sides ''
expect 2 'nothing to compare: null' sides '' '' null
"$fm" --help | grep -q inject && fail 'inject is not hidden'
"$fm" list options | grep -q inject && fail 'inject is listed'

# Switches of the machine, a side its own.
thp=/sys/kernel/mm/transparent_hugepage/enabled
if ! [ -w $thp ]; then
	echo 'skip switches: not root'
	end
fi
now=$(cat $thp)
rm -r "$out"
expect 0 '' sides '--setting thp=never' '--setting thp=always' \
	zero_fill --rss 4M --rounds 3 --samples 5 --out "$out"
[ "$(cat $thp)" = "$now" ] || fail 'not put back'
case $(fact base thp_enabled),$(fact new thp_enabled) in
*'[never]','[always]'*) ;;
*) fail "thp: $(fact base thp_enabled), $(fact new thp_enabled)" ;;
esac
for side in never,base always,new; do
	column "$out/${side#*,}/blocks.tsv" settings | grep -v "^\$" |
		grep -qvx "transparent_hugepage/enabled=${side%,*}" &&
		fail "${side#*,}: other settings"
done
ended() { # SIGNAL
	env --default-signal=INT "$fm" compare --interleave '--setting thp=never' \
		'--setting thp=always' zero_fill --rss 32M --time 60s \
		--out "$work/$1" >/dev/null 2>"$work/err" &
	pid=$!
	tries=0
	# A block of each point on each side, whichever is first.
	until [ -s "$work/$1/base/blocks.tsv" ] &&
		[ -s "$work/$1/new/blocks.tsv" ] &&
		[ "$(wc -l <"$work/$1/base/blocks.tsv")" -gt 2 ] &&
		[ "$(wc -l <"$work/$1/new/blocks.tsv")" -gt 2 ]; do
		tries=$((tries + 1))
		[ "$tries" -lt 300 ] || break
		sleep 0.1
	done
	kill "-$1" "$pid"
	wait "$pid" 2>/dev/null
	status=$?
	tries=0
	until [ "$(cat $thp)" = "$now" ]; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || break
		sleep 0.1
	done
	[ "$(cat $thp)" = "$now" ] || fail "SIG$1: not put back"
	for side in base new; do
		"$fm" summary "$work/$1/$side" >/dev/null 2>&1 ||
			fail "SIG$1: $side has no summary"
	done
}
if env --default-signal=INT true 2>/dev/null; then
	ended INT
	[ "$status" -eq 130 ] || fail "SIGINT: status $status"
	[ "$(grep -c 'interrupted; the .* complete blocks' "$work/err")" -eq 2 ] ||
		fail "SIGINT: $(cat "$work/err")"
	there="compare $work/INT/base $work/INT/new"
	grep -q "compare what there is: .* $there\$" "$work/err" ||
		fail "SIGINT: no hint: $(cat "$work/err")"
	# shellcheck disable=SC2086
	"$fm" $there >"$work/out" 2>"$work/err"
	[ "$(wc -l <"$work/out")" -gt 1 ] || fail "$there: $(cat "$work/err")"
	ended KILL
else
	echo 'skip signals: env has no --default-signal'
fi
end
