#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A short real run: what it leaves on disk, and that its proofs hold.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER run=$work/run

expect 0 '' "$fm" run spawn start wait cow zero_fill zero_read \
	--rss 0,4M --set writer=all --rounds 3 --samples 20 --seed 7 --out "$run"
[ "$(cat "$work/out")" = "$run" ] || fail 'stdout is not the folder'
for file in machine.json plan.tsv samples.tsv blocks.tsv histograms.tsv \
	summary.tsv; do
	[ -s "$run/$file" ] || fail "no $file"
done
cp "$work/err" "$work/said"
for key in host_id host_keys state state_keys sources mthp_ vulnerability_ kernel cpu_model page_bytes thp_enabled cgroup libc compiler \
	forkmeter boot_id seed clock_resolution_ns clock_cost_ns; do
	grep -q "\"$key" "$run/machine.json" || fail "machine.json: no $key"
done
if command -v jq >/dev/null; then
	jq -e '(keys - ["sources"] | map(select(endswith("_why") | not)))
		- (.sources | keys) == []' "$run/machine.json" >/dev/null ||
		fail 'a fact without its source'
	jq -e '.seed == 7 and .clock_cost_ns > 0' "$run/machine.json" \
		>/dev/null || fail 'machine.json is not as it should be'
fi

# Every point that was to be measured was, in each round and no other.
measured=$(column "$run/plan.tsv" status | grep -cx measure)
blocks=$(column "$run/blocks.tsv" block | wc -l)
[ "$blocks" -eq $((3 * measured)) ] || fail "$blocks blocks of $measured points"
column "$run/plan.tsv" workload | grep -qx null || fail 'null is not in the run'
column "$run/blocks.tsv" vmas | grep -qvx '[1-9][0-9]*' && fail 'vmas missing'
column "$run/blocks.tsv" rss_kib | grep -qvx '[1-9][0-9]*' && fail 'rss missing'
column "$run/blocks.tsv" pte_kib | grep -qvx '[1-9][0-9]*' && fail 'pte missing'
[ "$(column "$run/blocks.tsv" cpu | sort -u | wc -l)" -eq 1 ] ||
	fail 'the worker was not pinned to one processor'

# Blocks stand in order of time.
column "$run/blocks.tsv" at_ms | awk '$1 == "" || $1 < last { exit 1 }
	{ last = $1 }' || fail 'blocks are not in order of time'

# The order of a round is random: two rounds of these many points differ.
awk -F'\t' 'NR > 1 { order[$2] = order[$2] " " $1 }
	END { exit order[1] == order[2] }' "$run/blocks.tsv" ||
	fail 'two rounds in the same order'

# No sample failed; none has fewer faults than expected.
column "$run/samples.tsv" marks | grep -q failed && fail 'failed samples'
paste "$run/samples.tsv" >/dev/null
awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	$at["minflt_expected"] != "" {
		n++
		if ($at["minflt"] < $at["minflt_expected"]) bad++
		if ($at["minflt"] > $at["minflt_expected"] &&
			$at["marks"] !~ /extra:/) bad++
	}
	END { exit !n || bad }' "$run/samples.tsv" ||
	fail 'fault counts are not as expected, or none were taken'

# A huge page: split and copied by the base page (512 faults for 2 MiB where that
# is 4 KiB), or copied whole; all samples of all blocks alike, and exactly so.
if "$fm" list backings --format tsv | grep -q '^backing	thp	yes'; then
	expect 0 '' "$fm" run cow zero_fill zero_read --backing thp --rss 4M \
		--set writer=all --rounds 3 --samples 10 --out "$work/thp"
	huge=$(cat /sys/kernel/mm/transparent_hugepage/hpage_pmd_size)
	awk -F'\t' -v pages=$((4194304 / $(getconf PAGESIZE))) \
		-v huge=$((4194304 / huge)) '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$at["workload"] == "null" { next }
		{ n++; is = $at["minflt_expected"]
		  # A processor may run ahead of the fault: doc/method.
		  if ($at["writer"] == "both" && $at["minflt"] > is) next
		  if ($at["minflt"] != is || $at["verdict"] != "ok") exit 1
		  if ($at["writer"] == "both") next
		  if (is != huge && !($at["workload"] == "cow" && is == pages))
			exit 1 }
		END { if (n != 5) exit 1 }' "$work/thp/summary.tsv" ||
		fail "huge pages: $(cat "$work/thp/summary.tsv")"
else
	echo 'skip huge pages: not offered here'
fi

# Many descriptors, and ignored signals, of the caller stay with the caller.
(
	trap '' CHLD
	exec 3</dev/null 4<&3 5<&3 6<&3 7<&3 8<&3
	"$fm" run start --strategy fork,posix_spawn --child exec --rounds 1 \
		--samples 10 --out "$work/caller"
) >/dev/null 2>"$work/err" || fail "descriptors: $(cat "$work/err")"
column "$work/caller/samples.tsv" marks | grep -q failed &&
	fail 'descriptors of the caller reach the children'

# Typed twice, the same plan; the summary can be made again and is the same.
cp "$run/summary.tsv" "$work/summary"
rm "$run/summary.tsv"
expect 0 '' "$fm" summary "$run"
cmp -s "$run/summary.tsv" "$work/summary" || fail 'summary is not repeatable'
expect 0 '' "$fm" show "$run" --format tsv
cmp -s "$work/out" "$run/summary.tsv" || fail 'show --format tsv differs'
expect 0 '' "$fm" show "$run" --metric wait_ns --where strategy=fork \
	--where rss_bytes=4M --where child=exit --format tsv
[ "$(wc -l <"$work/out")" -eq 2 ] || fail 'show --where does not filter'
awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	{ lo = $at["median_lo"]; m = $at["median"]; hi = $at["median_hi"]
	  # An empty call can be shorter than the clock can tell.
	  if ($at["workload"] == "null" && m == 0) next
	  if (!(lo > 0 && lo <= m && m <= hi)) exit 1 }' "$run/summary.tsv" ||
	fail 'an interval does not hold its median'

# The machine, for people and for programs; two runs are of one host and state.
expect 0 '' "$fm" show "$run" --machine --format tsv
column "$work/out" fact | grep -qx kernel || fail 'show --machine: no kernel'
column "$work/out" value | grep -q "$(uname -r)" || fail 'show --machine'
id=$(awk -F'\t' '$1 == "host_id" || $1 == "state" { print $3 }' "$work/out")
expect 0 '' "$fm" run null --rounds 1 --quiet --out "$work/second"
# Another test may measure at the same time, which is said in any case.
grep -v '^forkmeter: another forkmeter measures' "$work/err" >"$work/said"
[ ! -s "$work/said" ] || fail "--quiet is not: $(cat "$work/said")"
expect 0 '' "$fm" show "$work/second" --machine --format tsv
[ "$id" = "$(awk -F'\t' '$1 == "host_id" || $1 == "state" { print $3 }' \
	"$work/out")" ] || fail 'host_id or state differ from run to run'
printf '{"a": 1' >"$work/second/machine.json"
expect 4 'damaged' "$fm" show "$work/second" --machine
expect 0 '200 samples' "$fm" run null --rounds 1 --verbose --out "$work/third"

# What no line has is answered by what there is.
expect 2 'did you mean wait_ns' "$fm" show "$run" --metric wait
expect 2 'frok: this run has no such strategy; did you mean fork' \
	"$fm" show "$run" --where strategy=frok
expect 2 'all of that together' "$fm" show "$run" --where strategy=vfork \
	--metric op_ns

# A machine can be given its name, which is that of a folder.
FORKMETER_RESULTS=$work/named expect 0 '' "$fm" run null --rounds 1 --quiet \
	--host 'node 7.lab'
expect 0 '' "$fm" show "$work/named/node 7.lab"/* --machine --format tsv
grep -q '^host	.*node 7.lab' "$work/out" || fail "--host: $(grep host "$work/out")"
for name in '' . .. .hidden a/b "$(printf 'a\tb')" \
	"$(printf '%048d' 0)"; do
	expect 2 "want a machine's name" "$fm" run null --rounds 1 --host "$name"
done

# A run is never written over.
expect 2 'is not empty' "$fm" run wait --rounds 1 --out "$run"

# One is no more than one.
expect 0 '1 round, 1 sample of 1 line' "$fm" run null --rounds 1 --samples 1 \
	--out "$work/one"
grep -E '(^|[^0-9.])1 (round|sample|point|line|block)s' "$work/err" >"$work/said" &&
	fail "one of many: $(cat "$work/said")"
expect 0 '1 sample, 1 line' "$fm" summary "$work/one"

# The newest run is found without its name, under FORKMETER_RESULTS.
FORKMETER_RESULTS="$work/all results"
export FORKMETER_RESULTS
expect 0 'no intervals' "$fm" run null --rounds 1
newest=$(cat "$work/out")
[ -s "$newest/summary.tsv" ] || fail 'no run under FORKMETER_RESULTS'
expect 0 "$newest" "$fm" show
end
