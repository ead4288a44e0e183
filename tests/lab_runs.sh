# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2154
# For tests of many machines: sourced after lib.sh, in $work. first is a run; of
# each block of it only its place is kept, the times are made up.

make_first() {
	expect 0 '' "$fm" run wait spawn --strategy fork,vfork --child exit \
		--rss 0 --samples 5 --block-time 1ms --rounds 8 --quiet \
		--out first
	expect 0 '' "$fm" summary first
}

# machine DIR HOST SEED [FORK [VFORK [KERNEL]]]: a run in DIR whose times are a
# level that differs by 0.4 % from machine to machine, times these factors; a
# block differs by 1 % from the next.
machine() {
	mkdir -p "$1"
	cp first/plan.tsv first/blocks.tsv first/stability.tsv first/noise.tsv \
		first/slopes.tsv "$1"
	kernel=${6:-6.12.9}
	id=$(printf '%016x' "$3")
	host=$(printf '%s' "$2" | sed 's/[&|\\]/\\&/g')
	sed "s|\"host\": \"[^\"]*\"|\"host\": \"$host\"|
		s/\"host_id\": \"[^\"]*\"/\"host_id\": \"$id\"/
		s/\"machine_id_digest\": [^,]*,/\"machine_id_digest\": \"$id\",/
		s/\"boot_id\": \"[^\"]*\"/\"boot_id\": \"boot $id\"/
		s|\"kernel_command_line\": \"[^\"]*\"|\"kernel_command_line\": \"root=UUID=$id quiet\"|
		s/\"kernel\": \"[^\"]*\"/\"kernel\": \"$kernel\"/
		s/\"kernel_version\": \"[^\"]*\"/\"kernel_version\": \"of $kernel\"/
		s/\"started\": \"[^\"]*\"/\"started\": \"2026-11-01T02:00:00Z\"/
		s/\"state\": \"[^\"]*\"/\"state\": \"of $kernel $id\"/" \
		first/machine.json >"$1/machine.json"
	for table in quantiles summary; do
		awk -F'\t' -v OFS='\t' -v seed="$3" -v fork="${4:-1}" \
			-v vfork="${5:-1}" -v table=$table '
		function gauss(i, x) {
			for (i = 0; i < 12; i++)
				x += rand()
			return x - 6
		}
		FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
		FILENAME ~ /plan.tsv$/ { strategy[$at["point"]] = $at["strategy"]
			next }
		FNR == 1 { srand(1000 + seed)
			for (i = 1; i <= 40; i++)
				own[i] = exp(0.004 * gauss())
			print
			next }
		{
			p = $at["point"]
			x = 20000 * own[p]
			if (strategy[p] != "")
				x *= strategy[p] == "fork" ? fork : vfork
			if (table == "quantiles")
				$at["median"] = x * exp(0.01 * gauss())
			else {
				$at["median"] = x
				$at["verdict"] = "ok"
			}
			print
		}' first/plan.tsv first/$table.tsv >"$1/$table.tsv"
	done
}

# machines N [KERNEL]: n1 to nN, alike, below results/.
machines() {
	n=1
	while [ "$n" -le "$1" ]; do
		machine results/n$n/1 n$n $n 1 1 "${2:-6.12.9}"
		n=$((n + 1))
	done
}
