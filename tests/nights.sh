# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2154
# Runs of nights that were never measured, for tests of histories: sourced after
# lib.sh. One short run is measured, and the others are like it.
fm=$FORKMETER
cd "$work" || exit 99
export FORKMETER_RESULTS="$work/results"
expect 2 'no history yet\|without SQLite' "$fm" trend
grep -q 'without SQLite' "$work/err" && skip "$(cat "$work/err")"

first_night() { # WORKLOAD... OPTION...
	expect 0 '' "$fm" run "$@" --strategy fork,vfork --child exit --samples 5 \
		--block-time 1ms --rounds 3 --quiet --out first
	expect 0 '' "$fm" summary first
}

# night HOST DAY KERNEL FORK VFORK [BOOT]: a run of that machine (as JSON has its
# name), DAY days after the 1st of January 2026, whose times are those factors of a
# level, and 1 %. Others than it would be are $began, when; $hardware, the word of
# host_id; and $folder, for HOST/DAY's. The lines of the workload $broken are that;
# $counted adds what fork's wait counts.
night() {
	dir=$FORKMETER_RESULTS/${folder:-$1}/$2
	mkdir -p "$dir"
	cp first/plan.tsv first/quantiles.tsv first/stability.tsv \
		first/noise.tsv "$dir"
	day=${began:-$(date -u -d "2026-01-01 + $2 days" +%Y-%m-%dT02:00:00Z)}
	HOST=$1 awk -v id="${hardware:-$1}" -v day="$day" -v kernel="$3" \
		-v boot="${6:-a}" '
		function is(key, value) {
			if ($1 == "\"" key "\":")
				$0 = "  \"" key "\": \"" value "\","
		}
		{
			is("started", day)
			is("host", ENVIRON["HOST"])
			is("host_id", "id of " id)
			is("kernel", kernel)
			is("kernel_version", "of " kernel)
			is("boot_id", boot)
			is("state", "state " kernel)
			print
		}' first/machine.json >"$dir/machine.json"
	awk -F'\t' -v OFS='\t' -v seed="$2" -v fork="$4" -v vfork="$5" \
		-v broken="${broken-}" -v counted="${counted-}" '
		NR == 1 {
			for (i = 1; i <= NF; i++)
				at[$i] = i
			srand(1000 + seed)
		}
		NR > 1 {
			x = 0
			for (i = 0; i < 12; i++)
				x += rand()
			x = exp(0.01 * (x - 6))
			if ($at["strategy"] != "")
				x *= $at["strategy"] == "fork" ? fork : vfork
			$at["median"] = 20000 * x
			$at["median_lo"] = 19800 * x
			$at["median_hi"] = 20200 * x
			$at["verdict"] = $at["workload"] == broken ? "broken" : "ok"
		}
		{ print }
		counted && $at["metric"] == "wait_ns" && $at["strategy"] == "fork" {
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
	"$fm" history add "$FORKMETER_RESULTS/${folder:-$1}" 2>/dev/null ||
		fail "not added: $1"
}

shifts() { # CONDITION: how many lines of the last output there are of it
	awk -F'\t' "function f(name) { return \$at[name] }
		NR == 1 { for (i = 1; i <= NF; i++) at[\$i] = i; next }
		$1 { n++ } END { print n + 0 }" "$work/out"
}
