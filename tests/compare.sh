#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# compare on runs whose truth is known, for they are written here: verdicts,
# refusals, exit statuses, and what is too little or damaged to say anything of.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER
cd "$work" || exit 99

# machine DIR KEY=VALUE...: its machine.json, with these facts otherwise.
machine() {
	at=$1
	shift
	{
		for fact in host_id=h cpu_model=Abacus memory_gib=4 state=s \
			kernel=6.1 'kernel_version=#1 SMP' thp_enabled=always \
			'kernel_command_line=BOOT_IMAGE=/vmlinuz-6.1 quiet' \
			host_keys='cpu_model memory_gib' boot_id=b1 \
			state_keys='kernel kernel_version kernel_command_line thp_enabled'; do
			for other; do
				[ "${other%%=*}" != "${fact%%=*}" ] || fact=
			done
			[ -z "$fact" ] || printf '%s\n' "$fact"
		done
		[ $# -eq 0 ] || printf '%s\n' "$@"
	} | awk 'BEGIN { print "{" }
		{ at = index($0, "=")
		  printf "%s  \"%s\": \"%s\"", (NR > 1 ? ",\n" : ""),
			substr($0, 1, at - 1), substr($0, at + 1) }
		END { print "\n}" }' >"$at/machine.json"
}

# run DIR SEED ROUNDS SAMPLES NOISE "NAME=NS..." [KEY=VALUE...]: a run whose
# points are NAME (STRATEGY:BACKING) and whose blocks are NS, times noise of
# which NOISE is the standard deviation; with drift=1 a wave over the rounds.
run() {
	mkdir -p "$1"
	awk -v dir="$1" -v seed="$2" -v rounds="$3" -v samples="$4" \
		-v noise="$5" -v points="$6" -v drift="${drift:-0}" '
	function normal() {
		return sqrt(-2 * log(1 - rand())) * cos(6.2831853 * rand())
	}
	BEGIN {
		OFS = "\t"
		srand(seed)
		plan = dir "/plan.tsv"
		sample = dir "/samples.tsv"
		block = dir "/blocks.tsv"
		print "point", "workload", "strategy", "backing", "rss_bytes",
			"child", "status" >plan
		print "point", "round", "block", "sample", "spawn_ns" >sample
		print "point", "round", "block", "status", "samples" >block
		printf "point\tround\tblock\tmetric\tfrom_ns\tbelow_ns\tcount\n" \
			>(dir "/histograms.tsv")
		n = split(points, point, " ")
		for (p = 1; p <= n; p++) {
			split(point[p], part, /[:=]/)
			print p, "spawn", part[1], part[2], 0, "exit",
				"measure" >plan
		}
		for (r = 1; r <= rounds; r++)
			for (p = 1; p <= n; p++) {
				split(point[p], part, /[:=]/)
				level = part[3] * (1 + noise * normal()) * \
					(1 + drift * sin(r))
				print p, r, ++b, "ok", samples >block
				for (s = 1; s <= samples; s++)
					print p, r, b, s, int(level + 0.5) + \
						(noise > 0) * (s % 3 - 1) >sample
			}
	}' || exit 99
	at=$1
	shift 6
	machine "$at" "$@"
}

# verdicts: of the last table, in its order.
verdicts() {
	column out verdict | tr '\n' ' '
}
numbers() {
	grep -Eiq '(^|[^a-z])-?(nan|inf)([^a-z]|$)' out && fail "not a number: $1"
}
# Nothing that is no number, and no interval that does not hold its middle.
sound() {
	numbers "$1"
	awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		function f(name) { return $(at[name]) }
		f("ratio_lo") != "" && !(f("ratio_slo") < f("ratio_lo") &&
			f("ratio_lo") < f("ratio") && f("ratio") < f("ratio_hi") &&
			f("ratio_hi") < f("ratio_shi")) { exit 1 }
		f("verdict") == "unsure" && f("reason") == "" { exit 1 }' out ||
		fail "an interval, or no reason: $1"
}

all='fork:none=100000 vfork:none=50000 fork:anon=200000'
run base 1 20 9 0.002 "$all"
run same 2 20 9 0.002 "$all"
run other 3 20 9 0.002 'fork:none=100000 vfork:none=55000 fork:anon=180000'

# What is slower comes first, and is the exit status; then what is faster.
expect 1 'no selfcheck of this machine: minimum effect 5 %' \
	"$fm" compare base other --format tsv
[ "$(verdicts)" = 'slower faster same ' ] || fail "verdicts: $(verdicts)"
sound 'slower'
awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	{ want = NR == 2 ? 1.1 : NR == 3 ? 0.9 : 1
	  if ($at["ratio_slo"] > want || $at["ratio_shi"] < want ||
		$at["over"] != "blocks" || $at["base_blocks"] != 20 ||
		$at["difference_lo"] > (want - 1) * $at["base"] + 1 ||
		$at["difference_hi"] < (want - 1) * $at["base"] - 1) exit 1 }' out ||
	fail "figures: $(cat out)"
expect 1 '' "$fm" compare base other
head -n 1 out | grep -q '^1 slower, 1 faster, 0 unsure, 1 same of 3; the' ||
	fail "the answer: $(head -n 1 out)"
expect 0 'one after the other' "$fm" compare base same --format tsv
[ "$(verdicts)" = 'same same same ' ] || fail "A/A: $(verdicts)"
sound 'same'
expect 0 '' "$fm" compare base other --min-effect 20% --format tsv
[ "$(verdicts)" = 'same same same ' ] || fail "--min-effect: $(verdicts)"
expect 1 '1 slower' "$fm" compare base other --format csv
expect 1 '1 slower' "$fm" compare base other --format markdown
grep -q '^| slower | spawn | vfork |' out || fail "markdown: $(cat out)"
expect 1 '1 slower' "$fm" compare base other --format latex
grep -q 'all at 99 \\%' out || fail "latex: $(cat out)"
expect 1 '' "$fm" compare base other --format json
! command -v jq >/dev/null ||
	jq -e 'length == 3 and .[0].verdict == "slower" and .[2].reason == null' \
		out >/dev/null || fail "JSON: $(cat out)"

# A quantile that blocks of nine samples do not support has no figure.
expect 3 '' "$fm" compare base other --statistic p99 --format tsv
column out reason | grep -q 'too few samples for their p99' ||
	fail "p99: $(cat out)"
sound 'p99'

# Too noisy: nothing is decided.
run loud 4 8 5 0.2 "$all"
expect 3 '3 unsure' "$fm" compare base loud --format tsv
sound 'loud'

# What is typed wrongly.
for wrong in '' base 'base same other' 'base base' 'base same,base' \
	'base ./base' 'base nowhere' 'base same --statistic mode' \
	'base same --min-effect lots' 'base same --min-effect 0' \
	'base same --level 0' 'base same --across colour' \
	'base same --statistic p10,p90' 'base same --format pdf'; do
	# shellcheck disable=SC2086
	expect 2 '' "$fm" compare $wrong
	[ "$(wc -l <err)" -eq 1 ] || fail "not one line: $wrong ($(cat err))"
	[ ! -s out ] || fail "output: $wrong"
done
expect 2 'did you mean kernel' "$fm" compare base same --across kernl

# Another state, another machine: both values, and how to insist.
run thp 5 20 9 0.002 "$all" thp_enabled=never state=t
expect 2 'another state: thp_enabled: always in BASE, never in NEW' \
	"$fm" compare base thp
grep -q 'to insist: --across thp_enabled$' err || fail "insist: $(cat err)"
expect 0 'under comparison: thp_enabled: always in BASE' \
	"$fm" compare base thp --across thp_enabled
run host 6 20 9 0.002 "$all" cpu_model=Rechner memory_gib=8 host_id=i
expect 2 'another machine: cpu_model: Abacus in BASE, Rechner in NEW' \
	"$fm" compare base host
grep -q 'to insist: --across host$' err || fail "insist: $(cat err)"
expect 0 'under comparison: memory_gib' "$fm" compare base host --across host
expect 2 'one side, two states: thp_enabled' "$fm" compare base,thp same \
	--across thp_enabled
run inject 7 20 9 0.002 "$all" inject=fork=500 state=u \
	state_keys='kernel kernel_version kernel_command_line thp_enabled inject'
expect 2 'inject: not recorded in BASE, fork=500 in NEW' \
	"$fm" compare base inject

# An emulator's times and a processor's: never, in either order; of two
# emulators, as of any two states. A run of before there was the fact counts as real.
keys='kernel kernel_version kernel_command_line thp_enabled emulator'
run emulated 21 20 9 0.002 "$all" 'emulator=qemu max icount shift=1' state=w \
	state_keys="$keys"
run emulated2 22 20 9 0.002 "$all" 'emulator=qemu max' state=x state_keys="$keys"
cp -r base real
sed -i 's/"state": "s",/"state": "t", "emulator": null, "emulator_why": "w",/
	s/thp_enabled"$/thp_enabled emulator"/' real/machine.json
expect 0 '' "$fm" compare base real --across emulator --format tsv
for pair in 'base emulated' 'real emulated'; do
	# shellcheck disable=SC2086
	expect 2 'NEW was measured under an emulator (qemu max icount shift=1), BASE' \
		"$fm" compare $pair --across emulator,state,kernel,host
	[ ! -s out ] || fail "a verdict across an emulator: $(cat out)"
done
expect 2 'BASE was measured under an emulator' "$fm" compare emulated base
expect 2 'to insist: --across emulator$' "$fm" compare emulated emulated2
expect 0 'under comparison: emulator' \
	"$fm" compare emulated emulated2 --across emulator

# Another kernel, with the name of its file: one boot a side says nothing of it.
for boot in 1 2 3 4 5 6; do
	run "old/$boot" "1$boot" 8 9 0.002 "$all" boot_id="o$boot"
	run "new/$boot" "2$boot" 8 9 0.002 'fork:none=100000 vfork:none=60000' \
		boot_id="n$boot" kernel=6.2 state=v 'kernel_version=#2 SMP' \
		'kernel_command_line=BOOT_IMAGE=/vmlinuz-6.2 quiet'
done
expect 2 'to insist: --across kernel$' \
	"$fm" compare old/1 new/1
# Of switches that only one kernel has, its file is the source.
run switch 23 8 9 0.002 "$all" boot_id=n9 kernel=6.2 state=w 'kernel_version=#2 SMP' \
	mthp_64kB=never other=1 \
	state_keys='kernel kernel_version kernel_command_line thp_enabled mthp_64kB other'
sed -i 's|"other": "1"|"other": "1", "sources": { "mthp_64kB": "/sys/x", "other": "-" }|' \
	switch/machine.json
expect 2 'to insist: --across other$' "$fm" compare old/1 switch --across kernel
grep -q 'under comparison: mthp_64kB: not recorded' err || fail "switch: $(cat err)"
expect 3 'these boots' "$fm" compare old/1 new/1 --across kernel --format tsv
column out reason | grep -q '^boots a side: 1, and a verdict needs 3, for how' ||
	fail "one boot: $(cat out)"
sound 'one boot'
expect 1 'boots are the observations, 6 and 6' \
	"$fm" compare old new --across kernel --format tsv
[ "$(verdicts)" = 'slower same ' ] || fail "six boots: $(verdicts)"
column out over | grep -qvx boots && fail 'the boots are not the observations'
grep -q 'in BASE, 1 of its 3 points: spawn_ns of spawn fork exit anon 0$' err ||
	fail "only in one: $(cat err)"
sound 'six boots'
run old/7 31 8 9 0.002 "$all" boot_id=o7 'kernel_command_line=debug'
expect 2 'the runs of BASE are to be of one machine' "$fm" compare old new --across kernel
rm -r old/7

# Runs of one boot: few of them say nothing of others, and it is told.
expect 1 'these runs are compared' "$fm" compare base,same other --format tsv
column out note | grep -q 'these runs' || fail "no caveat: $(cat out)"
column out base_blocks | grep -qvx 40 && fail 'not all blocks count'

# No point in common; an axis under comparison; two partners.
run anon 8 20 9 0.002 'fork:anon=200000'
run none 9 20 9 0.002 'fork:none=100000'
expect 2 'backing is none in BASE, anon in NEW; measure' \
	"$fm" compare none anon
expect 1 '' "$fm" compare none anon --across backing --format tsv
[ "$(column out across)" = 'backing=none/anon' ] || fail "across: $(cat out)"
expect 2 'two partners' "$fm" compare none base --across backing
expect 2 'two partners' "$fm" compare base none --across backing

# Measured alternately: what moves both by half leaves their ratio alone. Rounds
# that one side lacks are left out, and counted.
drift=0.5
run even 10 30 9 0.002 'fork:none=100000' sitting=x
run odd 11 30 9 0.002 'fork:none=103000' sitting=x
expect 1 'paired by round' "$fm" compare even odd --format tsv
[ "$(column out over)" = rounds ] || fail "pairs: $(cat out)"
machine odd sitting=y
expect 3 '' "$fm" compare even odd --format tsv
[ "$(column out over)" = blocks ] || fail "another sitting: $(cat out)"
run odd 11 20 9 0.002 'fork:none=103000' sitting=x
expect 1 '' "$fm" compare even odd --format tsv
[ "$(column out left_out) $(column out base_observations)" = '10 20' ] ||
	fail "left out: $(cat out)"
sound 'pairs'
unset drift

# Too little: a block, a sample, values that are all equal, zeros.
run block 12 1 9 0.002 "$all"
expect 3 '' "$fm" compare base block --format tsv
column out reason | grep -qvx 'blocks a side: 1, and a verdict needs 6' &&
	fail "one block: $(cat out)"
column out ratio_lo | grep -q . && fail 'an interval of one block'
sound 'one block'
run sample 13 8 1 0 "$all"
run equal 14 8 9 0 "$all"
for one in sample equal; do
	for two in base equal sample; do
		[ $one != $two ] || continue
		expect 0 '' "$fm" compare $one $two --format tsv
		sound "$one $two"
	done
done
run zero 15 8 9 0 'fork:none=0 vfork:none=50000 fork:anon=200000'
for pair in 'zero equal' 'equal zero'; do
	# shellcheck disable=SC2086
	expect 0 '' "$fm" compare $pair --format tsv
	[ "$(verdicts)" = 'unsure same same ' ] || fail "zeros: $(verdicts)"
	column out reason | grep -q 'is 0: there is no ratio' ||
		fail "zeros: $(cat out)"
	sound "$pair"
	# shellcheck disable=SC2086
	expect 0 '' "$fm" compare $pair
	numbers "$pair as text"
done

# Samples that failed: broken, and no verdict.
run broken 16 8 9 0.002 "$all"
awk -F'\t' -v OFS='\t' 'NR == 1 { print $0, "marks"; next }
	{ print $0, $1 == 2 && $4 == 1 ? "failed:test" : "" }' \
	broken/samples.tsv >part && mv part broken/samples.tsv
expect 0 '' "$fm" compare base broken --format tsv
column out reason | grep -q '^broken in NEW$' || fail "broken: $(cat out)"
expect 3 '' "$fm" compare broken broken/../block --format tsv

# Faults that are not the model's: told, and judged all the same.
run fault 20 20 9 0.002 "$all"
awk -F'\t' -v OFS='\t' 'NR == 1 { print $0, "minflt", "minflt_expected"; next }
	{ print $0, $1 == 2 ? 5 : 4, 4 }' fault/samples.tsv >part &&
	mv part fault/samples.tsv
expect 0 '' "$fm" compare base fault --format tsv
[ "$(column out note | grep -c "^faults are not the model's in NEW\$")" -eq 1 ] ||
	fail "disagrees: $(cat out)"
[ "$(verdicts)" = 'same same same ' ] || fail "disagrees: $(verdicts)"

# Damaged, or nothing in it.
run damaged 17 8 9 0.002 "$all"
sed -i 5d damaged/samples.tsv
expect 4 'the run is damaged' "$fm" compare base damaged
run empty 18 0 9 0.002 "$all"
expect 2 'no complete block' "$fm" compare base empty
echo '{"host_id": ' >block/machine.json
expect 4 'machine.json: damaged' "$fm" compare base block
rm block/machine.json
expect 2 'block/machine.json' "$fm" compare base block

# A run that cannot be written to has its quantiles made elsewhere.
run closed 19 20 9 0.002 "$all"
chmod 555 closed
if touch closed/x 2>/dev/null; then
	rm -f closed/x
	echo 'skip the closed folder: root may write anywhere'
else
	mkdir tmp
	TMPDIR=$work/tmp expect 0 '' "$fm" compare base closed
	[ -z "$(ls tmp)" ] || fail 'a temporary folder is left behind'
fi
chmod 755 closed
end
