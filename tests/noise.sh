#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A run with a planted drift, warm-up and disturbance: summary, show and report
# find them, and nothing else. Then a real run: its blocks carry what this
# machine shows.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER run=$work/planted

# 1 null, 2 steady and dearer by 4 % when stolen from, 3 drifts by 20 %, 4 its
# later samples are 10 % cheaper, 5 short, so that the harness is much of it.
mkdir "$run"
awk -v dir="$run" 'BEGIN {
	OFS = "\t"
	srand(5)
	plan = dir "/plan.tsv"
	blocks = dir "/blocks.tsv"
	samples = dir "/samples.tsv"
	print "point", "workload", "strategy", "backing", "rss_bytes", "child",
		"status" >plan
	for (p = 1; p <= 5; p++)
		print p, p == 1 ? "null" : "wait", p == 1 ? "" : "fork", "none", 0,
			p == 1 ? "" : "touch:" p, "measure" >plan
	print "point", "round", "block", "status", "samples", "whole_ns",
		"cpu_steal_ms", "interrupts" >blocks
	print "point", "round", "block", "sample", "wait_ns", "batch_ns", "ops" \
		>samples
	for (r = 1; r <= 16; r++)
		for (p = 1; p <= 5; p++) {
			block++
			stolen = p == 2 && rand() < 0.4
			print p, r, block, "ok", 20, 50000000, stolen ? 10 : 0,
				int(100 * rand()) >blocks
			for (i = 1; i <= 20; i++) {
				ns = 100000 * (1 + 0.01 * rand())
				if (p == 2 && stolen)
					ns *= 1.04
				if (p == 3)
					ns *= exp(log(1.2) * (r - 1) / 15)
				if (p == 4 && i > 10)
					ns *= 0.9
				if (p == 5)
					ns /= 100
				print p, r, block, i, (p > 1 ? int(ns) : ""),
					(p == 1 ? 20 : ""), (p == 1 ? 1 : "") >samples
			}
		}
}'
echo '{"host": "paper", "kernel": "6.0", "cpu_model": "none", "page_bytes": 4096,
	"clock_cost_ns": 21, "clock_step_ns": 10}' >"$run/machine.json"
expect 0 '' "$fm" summary "$run"
tab=$(printf '\t')
verdicts=$(column "$run/stability.tsv" warmup_verdict | paste -d, -s -)
[ "$verdicts" = 'steady,steady,steady,warms up,steady' ] ||
	fail "inside blocks: $verdicts"
verdicts=$(column "$run/stability.tsv" drift_verdict | paste -d, -s -)
[ "$verdicts" = 'steady,steady,drifts,steady,steady' ] ||
	fail "over the run: $verdicts"
near() { # VALUE WANT TOLERANCE
	awk -v a="$1" -v b="$2" -v by="$3" 'BEGIN {
		exit !(a != "" && a - b <= by && b - a <= by) }'
}
near "$(column "$run/stability.tsv" drift | sed -n 3p)" 1.2 0.01 ||
	fail 'the drift is not of its size'
near "$(column "$run/stability.tsv" warmup | sed -n 4p)" 0.9 0.003 ||
	fail 'the warm-up is not of its size'
near "$(column "$run/summary.tsv" floor_share | sed -n 5p)" 0.0199 0.0003 ||
	fail 'the share of the harness is not 20 of 1,005 ns'
steal=$(grep "^cpu_steal_ms$tab" "$run/noise.tsv")
case $steal in
*"${tab}explains") ;;
*) fail "the steal is not found: $steal" ;;
esac
near "$(awk -F'\t' '/^cpu_steal_ms/ { print $9 }' "$run/noise.tsv")" 1.04 0.004 ||
	fail "the steal costs another share: $steal"
grep "^interrupts$tab" "$run/noise.tsv" | grep -q 'not shown$' ||
	fail 'interrupts are blamed'
grep -il 'nan\|inf$' "$run"/*.tsv && fail 'not a number'

"$fm" show "$run" --format markdown >"$work/shown" 2>/dev/null
grep -q 'touch:3 .*drifts +20 %' "$work/shown" || fail 'show hides the drift'
grep -q 'touch:4 .*warms up -10 %' "$work/shown" ||
	fail 'show hides the warm-up'
grep -q 'touch:5 .*harness 2 %' "$work/shown" || fail 'show hides the harness'
grep 'touch:2 ' "$work/shown" | grep -q 'drifts\|warms\|harness' &&
	fail 'show claims too much'

if command -v gnuplot >/dev/null && command -v sqlite3 >/dev/null; then
	expect 0 '' "$top_srcdir/scripts/report" "$run"
	[ ! -s "$work/err" ] || fail "the report complains: $(cat "$work/err")"
	sed 's/<[^>]*>/ /g; s/&#160;/ /g' "$run/report/index.html" >"$work/page"
	for says in 'cpu_steal_ms (.*) explains .* at 1.0.* times the level' \
		'greatest drift is that of wait after fork, touch:3.*: +20 %' \
		'change inside blocks is that of wait after fork, touch:4.*: -10 %' \
		'A read of the clock costs 21 ns, and tells apart 10 ns' \
		'over 1 % of a sample at 1 of 4 points; most, 2 %'; do
		grep -q "$says" "$work/page" || fail "the page does not say $says"
	done
fi

real=$work/real
expect 0 '' "$fm" run wait --strategy fork --child exit --rounds 2 \
	--samples 20 --out "$real"
column "$real/blocks.tsv" whole_ns | awk '!($1 > 0) { exit 1 }' ||
	fail 'a block without its length'
column "$real/blocks.tsv" nivcsw | grep -qvE '^[0-9]+$' &&
	fail 'a block without its switches'
[ ! -r /proc/stat ] || column "$real/blocks.tsv" machine_busy_ms |
	grep -qvE '^[0-9]{1,7}$' && fail 'a block without the machine beside it'
[ -e /sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq ] ||
	! column "$real/blocks.tsv" freq_after_khz | grep -q . ||
	fail 'a frequency that no file tells'
end
