# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2154
# Part of scripts/study, which has set here, tmp, out and base: what is made of
# the blocks: summary.tsv, the table, the table in a text, the figure.

# -------------------------------------------------------------------- summary
# rows.tsv: what each row is, its base, and why it was skipped if it was.
write_rows() {
	printf 'variant\tgroup\tbase\tlabel\tstatus\treason\n'
	rows | while IFS='|' read -r variant group label; do
		of=$base status=measured reason=''
		[ "$group" != exec ] || of=exec-target
		[ "$variant" != "$of" ] || [ "$group" = exec ] ||
			label="$base (the baseline)"
		if [ -e "$tmp/skip.$variant" ]; then
			status=skip
			reason=$(cat "$tmp/skip.$variant")
		fi
		printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$variant" "$group" "$of" \
			"$label" "$status" "$reason"
	done
}

# Of rows and blocks, "VARIANT us" and "VARIANT factor", paired by round; and
# of the two variants in between, if named, "between".
pair() { # [CHEAP DEAR]
	awk -F'\t' -v cheap="${1-}" -v dear="${2-}" '
		FNR == 1 { file++; next }
		file == 1 { base[$1] = $3; next }
		{ ns[$1, $2] = $3; variant[FNR] = $1; round[FNR] = $2; last = FNR }
		END {
			for (i = 2; i <= last; i++) {
				v = variant[i]
				r = round[i]
				if (cheap == "")
					printf "%s us\t%.6f\n", v, ns[v, r] / 1e3
				if (cheap == "" && (base[v], r) in ns)
					printf "%s factor\t%.9f\n", v,
						ns[v, r] / ns[base[v], r]
				if (v == cheap && (dear, r) in ns)
					printf "between\t%.9f\n",
						ns[dear, r] / ns[v, r]
			}
		}' "$out/rows.tsv" "$out/blocks.tsv"
}

write_summary() {
	pair >"$tmp/pairs"
	"$tmp/summary" <"$tmp/pairs" >"$tmp/intervals"
	awk -F'\t' -v OFS='\t' '
		FNR == 1 { file++ }
		file == 1 { is[$1] = $3 OFS $4 OFS $5; n[$1] = $2; next }
		FNR == 1 && file == 2 { next }
		file == 2 { for (i = 4; i <= 6; i++) sum[$1, i] += $i; next }
		FNR == 1 {
			print $0, "rounds", "us", "us_lo", "us_hi", "factor",
				"factor_lo", "factor_hi", "vmas", "rss_kib",
				"pte_kib"
			next
		}
		{
			k = n[$1 " us"]
			none = OFS OFS
			line = $0 OFS (k + 0) OFS (k ? is[$1 " us"] : none) OFS \
				(n[$1 " factor"] ? is[$1 " factor"] : none)
			for (i = 4; i <= 6; i++)
				line = line OFS (k ? sprintf("%.0f", \
					sum[$1, i] / k) : "")
			print line
		}' "$tmp/intervals" "$out/blocks.tsv" "$out/rows.tsv" \
		>"$out/summary.tsv.part"
	mv "$out/summary.tsv.part" "$out/summary.tsv"
}

# The cheapest and the dearest process that run the loop, other sizes left out.
write_between() {
	awk -F'\t' '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$at["group"] == "loop" && $at["us"] != "" {
			us = $at["us"] + 0
			if (cheap == "" || us < low) { low = us; cheap = $1 }
			if (dear == "" || us > high) { high = us; dear = $1 }
		}
		END { print cheap; print dear }' "$out/summary.tsv" >"$tmp/ends"
	cheap=$(sed -n 1p "$tmp/ends") dear=$(sed -n 2p "$tmp/ends")
	pair "$cheap" "$dear" >"$tmp/pairs"
	"$tmp/summary" <"$tmp/pairs" >"$tmp/between"
	{
		fact cheapest "$cheap"
		fact dearest "$dear"
		fact between "$(cut -f 3 "$tmp/between")"
		fact between_lo "$(cut -f 4 "$tmp/between")"
		fact between_hi "$(cut -f 5 "$tmp/between")"
	} >>"$out/facts.tsv"
}

# ---------------------------------------------------------- what is made of it
about() { # FORMAT KEY...: facts of the study, in words
	format=$1
	shift
	for key; do
		value=$(awk -F'\t' -v key="$key" '$1 == key { print $2 }' \
			"$out/facts.tsv")
		case $key in
		virtual) value=${value:+, virtual machine} ;;
		*) value=${value:-not told} ;;
		esac
		shift
		set -- "$@" "$value"
	done
	# shellcheck disable=SC2059 # the format is ours
	printf "$format" "$@"
}

table() {
	awk -F'\t' -f "$here/study-table.awk" "$out/facts.tsv" \
		"$out/summary.tsv" >"$tmp/table.txt"
}

put_into() { # FILE
	awk '
		FNR == 1 { file++ }
		file == 1 { table = table $0 "\n"; next }
		$0 == "[end of study]" { inside = 0 }
		!inside { print }
		$0 == "[study]" { inside = 1; printf "\n%s", table }' \
		"$tmp/table.txt" "$1" >"$1.part"
	mv "$1.part" "$1"
}

draw() { # FILE
	awk -F'\t' -v OFS='\t' '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i
			print "y", "label", "factor", "lo", "hi", "says", "exec"
			next }
		$at["factor"] != "" {
			exec = $at["group"] == "exec"
			y += exec && !was ? 2 : 1
			was = exec
			f = $at["factor"]
			us = $at["us"]
			lo = $at["factor_lo"]
			hi = $at["factor_hi"]
			print y, $at["label"], f, lo == "" ? f : lo,
				hi == "" ? f : hi,
				us < 1e3 ? sprintf("%.3g µs", us) : \
				sprintf("%.3g ms", us / 1e3), exec
		}' "$out/summary.tsv" >"$tmp/figure.tsv"
	title='What changes the cost of one fork without being noticed'
	caption1=$(about '%s%s; %s' processor virtual kernel)
	caption2=$(about "Transparent huge pages: %s; %s rounds of fresh \
processes with %s samples each; %s" thp rounds samples date)
	(cd "$here/figure" && LC_ALL=C.UTF-8 gnuplot -c ../study-figure.gp \
		"$tmp/figure.tsv" "$tmp/figure.svg" "$title" "$caption1" \
		"$caption2") >&2 ||
		die 4 "$here/study-figure.gp: gnuplot failed, see above; please \
report it"
	title=$title says="The factors of the table in doc/method, with their \
95 % intervals, from $(about '%s%s, %s' processor virtual kernel)." \
		awk -v name=study -f "$here/svg.awk" "$tmp/figure.svg" >"$1.part"
	mv "$1.part" "$1"
}
