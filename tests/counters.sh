#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Counters of a run: what counts is there in blocks of its own and adds up, what
# does not is named once with what to do, at every setting of the machine.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER
paranoid=/proc/sys/kernel/perf_event_paranoid

# counted RUN: its events.tsv, blocks.tsv and samples.tsv belong together.
counted() {
	awk -F'\t' 'NR > 1 && $6 == "counts" { print $3 }' \
		"$1/events.tsv" >"$work/metrics"
	while read -r metric; do
		column "$1/samples.tsv" "$metric" >"$work/values" ||
			fail "$1: samples.tsv has no $metric"
		grep -q '[0-9]' "$work/values" || fail "$1: no value of $metric"
	done <"$work/metrics"
	awk -F'\t' 'NR > 1 && $6 != "counts" && $8 == "" { exit 1 }' \
		"$1/events.tsv" || fail "$1: an event without a reason"
	[ "$(column "$1/blocks.tsv" counted | sort | uniq -c | wc -l)" -ge 2 ] ||
		fail "$1: no block counts, or none is timed"
}

# The same command wherever it runs; each reason is said once.
expect 0 '' "$fm" run spawn cow teardown null --strategy fork --child exit \
	--rss 4M --rounds 3 --samples 20 --counters basic --out "$work/basic"
if grep -q '	counts	' "$work/basic/events.tsv"; then
	counted "$work/basic"
fi
grep 'not counted' "$work/err" | sort | uniq -d | grep -q . &&
	fail "said twice: $(cat "$work/err")"
expect 0 '' "$fm" show "$work/basic" --format tsv
cp "$work/out" "$work/shown"

# A time comes from blocks that do not count, and what counting costs from
# those that do. Faults that are counted are those of the proof.
if grep -q '^minor-faults	self.*	counts	' "$work/basic/events.tsv"; then
	awk -F'\t' '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$at["metric"] == "minor-faults" && $at["workload"] == "cow" {
			if ($at["median"] != 1) exit 1; n++ }
		$at["metric"] == "counted.op_ns" && $at["workload"] == "cow" {
			n++ }
		$at["metric"] == "op_ns" && $at["workload"] == "cow" { n++ }
		END { if (n != 3) exit 1 }' "$work/shown" ||
		fail "cow: $(cut -f 2- "$work/shown" | grep cow)"
	awk -F'\t' '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$at["minor-faults"] != "" && $at["batch_ns"] != "" &&
			$at["minor-faults"] != $at["minflt"] { exit 1 }' \
		"$work/basic/samples.tsv" ||
		fail 'faults by events are not those of the task'
	expect 0 'also counted: .*minor-faults' "$fm" show "$work/basic"
	expect 0 '' "$fm" show --counts "$work/basic"
	grep -q 'timed alone' "$work/out" || fail "--counts: $(cat "$work/out")"
fi
grep -q '"policy_child_counts": "with' "$work/basic/machine.json" ||
	[ "$(cat "$paranoid")" -gt 2 ] || fail 'what a child counts is not told'

# A derived table is made again with the counters of samples.tsv.
cp "$work/basic/summary.tsv" "$work/before"
rm "$work/basic/summary.tsv"
"$fm" summary "$work/basic" >/dev/null 2>&1
cmp -s "$work/before" "$work/basic/summary.tsv" || fail 'another summary'

# Without blocks that only time, times are those of blocks that count.
if grep -q '	counts	' "$work/basic/events.tsv"; then
	expect 0 '' "$fm" run cow --strategy fork --rss 4M --rounds 3 \
		--counters basic --counted-times --out "$work/alone"
	column "$work/alone/blocks.tsv" counted | grep -qx '' &&
		fail '--counted-times: a block is only timed'
	column "$work/alone/summary.tsv" metric | grep -qx op_ns ||
		fail '--counted-times: no times'
fi
expect 2 'nothing is counted' "$fm" run cow --counted-times

# Descriptors of events are in nobody's way, whatever is counted.
expect 0 '' "$fm" run start exec --strategy fork,vfork --child exec --rss 0 \
	--rounds 2 --samples 10 --counters basic --out "$work/exec"
column "$work/exec/blocks.tsv" status | grep -qx broken &&
	fail "broken blocks: $(column "$work/exec/blocks.tsv" reason | sort -u)"

# Events of two kinds at once, each as the proof has it.
if [ "$(id -u)" -eq 0 ] && unshare -m sh -c 'mount -t tracefs tracefs \
	/sys/kernel/tracing' 2>/dev/null; then
	# shellcheck disable=SC2016
	unshare -m sh -c 'mount -t tracefs tracefs /sys/kernel/tracing && exec \
		"$0" run cow --rss 1M --rounds 3 --samples 10 --counters faults \
		--out "$1"' "$fm" "$work/two" >/dev/null 2>"$work/err" ||
		fail "two kinds: $(cat "$work/err")"
	for metric in minor-faults kmem:mm_page_alloc; do
		"$fm" show "$work/two" --metric $metric --where workload=cow \
			--format tsv 2>/dev/null >"$work/row"
		column "$work/row" median | awk '$1 < 1 || $1 > 1.1 { exit 1 }
			END { if (!NR) exit 1 }' ||
			fail "two kinds: $metric: $(column "$work/row" median)"
	done
else
	echo 'skip events of two kinds: no tracepoints here'
fi

# Two sides: what one side has not is counted on neither.
"$fm" compare --interleave '--child exit' '--child exec' teardown \
	--strategy fork -e minor-faults --rounds 2 --samples 10 \
	--out "$work/sides" >/dev/null 2>&1
column "$work/sides/new/samples.tsv" cpu.minor-faults | grep -q '[0-9]' &&
	fail 'the processor of a child that has no stamp is counted'
column "$work/sides/base/blocks.tsv" counted | grep -qx cpu &&
	fail 'the processor is counted on one side alone'

# A run that is to end by its precision, of blocks that count.
"$fm" run wait --strategy vfork --child exit --rss 0 --precision 20% --time 10s \
	--counters basic --counted-times --out "$work/precise" >/dev/null \
	2>"$work/err"
grep -q 'each of 1 interval\|of 1 intervals' "$work/err" ||
	fail "precision: $(cat "$work/err")"
expect 2 'leave one of both out' "$fm" run cow --rss 4M --set timing=single \
	--counters basic --counted-times

# What is typed wrongly.
expect 2 'instrucions: no such event; did you mean instructions' \
	"$fm" run null -e instrucions
expect 2 'did you mean minor-faults' "$fm" run null -e minor-fault
expect 2 'basics: no such set; did you mean basic' "$fm" run null \
	--counters basics
expect 2 'want modes: u, k' "$fm" run null -e instructions:q
expect 2 'at most' "$fm" run null -e "$(printf '%050d' 0)"
many=$(awk 'BEGIN { for (i = 1; i < 40; i++) printf "r%x,", i }')
expect 2 'more than' "$fm" run null -e "$many"
# All sets at once are no more than there is room for.
expect 0 '' "$fm" run null --rounds 2 --samples 5 \
	--counters basic,tlb,cache,faults --out "$work/all"
expect 2 'needs a value' "$fm" run null -e
[ "$(wc -l <"$work/err")" -eq 1 ] || fail "not one line: $(cat "$work/err")"

# An event that opens and never counts is a value, of what did not happen.
expect 0 '' "$fm" list events faults
[ ! -e "$paranoid" ] || # then this kernel counts nothing
	grep -Eq '^major-faults  +(counts  +[0-9]+|denied) ' "$work/out" ||
	fail "list events: $(cat "$work/out")"
expect 0 '' "$fm" list events --format json
expect 2 'no such event' "$fm" list events nosuchthing
if "$fm" list events emulation --format tsv 2>/dev/null | grep -q '	counts	'; then
	expect 0 '' "$fm" run cow -e emulation-faults --rss 4M --rounds 3 \
		--out "$work/never"
	expect 0 '0 in every sample.*emulation-faults' "$fm" show --counts \
		"$work/never"
fi

# Tracepoints that one may not look up are denied, whether it is the folder or
# the number that is closed; where both can be read, an unknown one is unknown.
tracing=/sys/kernel/tracing
cat >"$work/tracing" <<-'EOF'
	set -e
	mount -t tmpfs -o mode=755 tmpfs /sys/kernel/tracing
	mkdir -p /sys/kernel/tracing/events/kmem/mm_page_alloc
	echo 1 >/sys/kernel/tracing/events/kmem/mm_page_alloc/id
	chmod "$1" /sys/kernel/tracing
	chmod "$2" /sys/kernel/tracing/events/kmem/mm_page_alloc/id
	[ -z "$4" ] || exec setpriv --reuid=65534 --regid=65534 --clear-groups \
		--bounding-set=-all "$3" list events "$4"
EOF
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null && [ -d $tracing ] &&
	chmod 755 "$work" && unshare -m sh "$work/tracing" 755 444 "$fm" '' \
	2>/dev/null && setpriv --reuid=65534 --regid=65534 --clear-groups \
	test -x "$fm"; then
	for closed in '700 444' '755 440'; do
		# shellcheck disable=SC2086
		expect 2 'you may not read.*gid=GROUP' unshare -m \
			sh "$work/tracing" $closed "$fm" kmem:mm_page_alloc
	done
	expect 2 'kmem:mm_page_alocc: no such event' unshare -m \
		sh "$work/tracing" 755 440 "$fm" kmem:mm_page_alocc
else
	echo 'skip closed tracepoints: not root, or no mount namespace'
fi

# At each setting, as one who may nothing else: kept, and said with what to do.
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null &&
	was=$(cat "$paranoid") && echo "$was" 2>/dev/null >"$paranoid"; then
	trap 'echo "$was" >"$paranoid"; rm -rf "$work"' EXIT
	chmod 755 "$work"
	mkdir -m 777 "$work/user"
	as_user="setpriv --reuid=65534 --regid=65534 --clear-groups"
	# shellcheck disable=SC2086
	$as_user test -x "$fm" || as_user="setpriv --bounding-set=-all"
	for level in -1 0 1 2 3 4; do
		echo $level 2>/dev/null >"$paranoid" || continue
		# shellcheck disable=SC2086
		expect 0 '' $as_user "$fm" run wait --strategy fork --rss 0 \
			--child exit --rounds 2 --samples 10 --counters basic \
			--out "$work/user/$level"
		run=$work/user/$level
		case $level in
		-1 | 0 | 1) want='minor-faults' ;;
		2) want='minor-faults:u' ;;
		*) want='' ;; # mainline has no such level: as 2
		esac
		[ -z "$want" ] ||
			grep -q "^$want	self.*	counts	" "$run/events.tsv" ||
			fail "paranoid $level: $(cut -f 1,6,8 "$run/events.tsv")"
		[ $level -lt 2 ] ||
			grep -q 'kernel.perf_event_paranoid is' "$work/err" ||
			fail "paranoid $level: $(cat "$work/err")"
		[ $level -lt 1 ] || ! grep -q '	cpu	.*	counts	' \
			"$run/events.tsv" || fail "paranoid $level: the processor"
	done
	echo "$was" >"$paranoid"
else
	echo 'skip paranoid levels: not root, or no setpriv'
fi
end
