# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2154
# Makes histories whose truth is known, for the tests of their page: sourced after
# lib.sh, in a folder of its own.

# Of few points, each in one short block a round.
first_night() {
	"$FORKMETER" run wait spawn cow --strategy fork,vfork --child exit --rss 0,4M \
		--samples 5 --block-time 1ms --rounds 3 --quiet --out first \
		>/dev/null 2>"$work/err" || return
	"$FORKMETER" summary first >/dev/null 2>&1
}

# night HOST ID DAY KERNEL FORK VFORK [BOOT]: a run of the machine HOST (as JSON
# has it), DAY days after the 1st of January 2026, whose times are those factors of
# a level, and 1 %; in the folder ID/DAY. broken=WORKLOAD breaks those lines.
night() {
	dir=$FORKMETER_RESULTS/$2/$3
	mkdir -p "$dir"
	cp first/plan.tsv first/quantiles.tsv first/stability.tsv first/noise.tsv "$dir"
	day=$(date -u -d "2026-01-01 + $3 days" +%Y-%m-%dT02:00:00Z)
	HOST=$1 awk -v id="$2" -v day="$day" -v kernel="$4" -v boot="${7:-a}" '
		function is(key, value) {
			if ($1 == "\"" key "\":")
				$0 = "  \"" key "\": \"" value "\","
		}
		BEGIN { host = ENVIRON["HOST"] }
		{
			is("started", day)
			is("host", host)
			is("host_id", "id of " id)
			is("kernel", kernel)
			is("kernel_version", "of " kernel)
			is("boot_id", boot)
			is("state", "state " kernel)
			print
		}' first/machine.json >"$dir/machine.json"
	awk -F'\t' -v OFS='\t' -v seed="$3" -v fork="$5" -v vfork="$6" \
		-v broken="${broken-}" '
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
		{ print }' first/summary.tsv >"$dir/summary.tsv"
}

nights() { # HOST ID FROM TO KERNEL FORK VFORK
	n=$3
	while [ "$n" -le "$4" ]; do
		night "$1" "$2" "$n" "$5" "$6" "$7"
		n=$((n + 1))
	done
}

# Four machines: lab7 with a gap, a bad night, and on the 3rd of March a kernel
# with which fork takes 12 % longer and vfork 4 % less; lab8, silent since the 7th;
# one with an odd name, whose fork takes 10 % less since the 20th of February; and a
# new one. The newest night is the 10th.
make_lab() {
	nights lab7 lab7 1 30 6.12.9 1 1
	nights lab7 lab7 34 60 6.12.9 1 1
	night lab7 lab7 45 6.12.9 1.3 1.3
	nights lab7 lab7 61 68 6.12.10 1.12 0.96
	nights lab8 lab8 20 65 6.12.9 1 1
	nights "a<b>&\\\"'c" odd 20 49 6.12.9 1 1
	nights "a<b>&\\\"'c" odd 50 67 6.12.9 0.9 1
	broken=cow night "a<b>&\\\"'c" odd 68 6.12.9 0.9 1
	nights new1 'odd & folder' 66 68 6.12.10 1 1
	{
		printf 'host\tbegan\tended\tstatus\trun\treason\n'
		printf 'lab7\t2026-03-10T02:00:00Z\t2026-03-10T02:40:00Z\t0\tlab7/68\t\n'
		printf "a<b>&\"'c\t2026-03-10T02:00:00Z\t2026-03-10T02:30:00Z\t0\t\tin noise\n"
		printf 'lab8\t2026-03-10T02:00:00Z\t2026-03-10T02:30:00Z\t3\t\tnot quiet <b>\n'
		printf 'lab9\t2026-03-10T02:00:00Z\t2026-03-10T02:00:01Z\t4\t\tdisk full\n'
		printf 'lab9\ttorn'
	} >"$FORKMETER_RESULTS/nights.tsv"
	"$FORKMETER" history rebuild >/dev/null 2>"$work/err"
}
