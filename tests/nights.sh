# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2154
# Runs of nights that were never measured, for tests of histories: sourced after
# lib.sh. One short run is measured, and the others are like it.
fm=$FORKMETER
cd "$work" || exit 99
export FORKMETER_RESULTS="$work/results"

expect 2 'no history yet\|without SQLite' "$fm" trend
grep -q 'without SQLite' "$work/err" && skip "$(cat "$work/err")"
expect 0 '' "$fm" run wait spawn --strategy fork,vfork --child exit --rss 0 \
	--samples 5 --block-time 1ms --rounds 3 --quiet --out first
expect 0 '' "$fm" summary first

# night HOST DAY KERNEL FORK VFORK BOOT: a run of that machine, DAY days after
# the 1st of January 2026, or at $began, whose times are those factors of a
# level, and 1 %.
night() {
	dir=results/$1/$2
	mkdir -p "$dir"
	cp first/plan.tsv first/quantiles.tsv first/stability.tsv \
		first/noise.tsv "$dir"
	day=${began:-$(date -u -d "2026-01-01 + $2 days" +%Y-%m-%dT02:00:00Z)}
	sed "s/\"started\": \"[^\"]*\"/\"started\": \"$day\"/
		s/\"host\": \"[^\"]*\"/\"host\": \"$1\"/
		s/\"host_id\": \"[^\"]*\"/\"host_id\": \"id of ${hardware:-$1}\"/
		s/\"kernel\": \"[^\"]*\"/\"kernel\": \"$3\"/
		s/\"kernel_version\": \"[^\"]*\"/\"kernel_version\": \"of $3\"/
		s/\"boot_id\": \"[^\"]*\"/\"boot_id\": \"${6:-a}\"/
		s/\"state\": \"[^\"]*\"/\"state\": \"state $3\"/" \
		first/machine.json >"$dir/machine.json"
	awk -F'\t' -v OFS='\t' -v seed="$2" -v fork="$4" -v vfork="$5" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i
			srand(1000 + seed) }
		NR > 1 {
			x = 0
			for (i = 0; i < 12; i++)
				x += rand()
			x = 20000 * exp(0.01 * (x - 6))
			if ($at["strategy"] != "")
				x *= $at["strategy"] == "fork" ? fork : vfork
			$at["median"] = x
			$at["verdict"] = "ok"
		}
		{ print }
		$at["metric"] == "wait_ns" && $at["strategy"] == "fork" {
			$at["metric"] = "instructions:k"
			$at["unit"] = ""
			print
		}' first/summary.tsv >"$dir/summary.tsv"
}
nights() { # HOST FROM TO KERNEL FORK VFORK
	n=$2
	while [ "$n" -le "$3" ]; do
		night "$1" "$n" "$4" "$5" "$6"
		n=$((n + 1))
	done
	"$fm" history add "results/$1" 2>/dev/null || fail "not added: $1"
}
shifts() { # CONDITION: how many lines of the last output there are of it
	awk -F'\t' "function f(name) { return \$at[name] }
		NR == 1 { for (i = 1; i <= NF; i++) at[\$i] = i; next }
		$1 { n++ } END { print n + 0 }" "$work/out"
}
