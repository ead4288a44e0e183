# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034,SC2154
# Part of scripts/nightly: samples.tsv of old runs goes, and nothing else does.
#
# Kept are those of a machine's newest runs, and of some on either side of each
# change that was told: as many as a change takes to be seen. What goes is in the
# history, and has a summary of all that it has.

around=3

# What was told, in $tmp/changes. Where that cannot be read to its end nobody knows
# what is to be kept because of it.
read_changes() {
	: >"$tmp/changes"
	[ -e "$results/changes.tsv" ] || return 0
	cp -- "$results/changes.tsv" "$tmp/changes" 2>/dev/null || return 1
	awk -F'\t' '
		NR == 1 {
			n = NF
			for (i = 1; i <= NF; i++) at[$i] = i
			bad = !("host" in at && "started" in at && "earliest" in at && \
				"latest" in at && "last_before" in at)
		}
		NF != n { bad = 1 }
		END { exit bad }' "$tmp/changes"
}

# Prints path and size of each samples.tsv that may go.
old_samples() {
	only=
	[ "$verb" = judge ] || only=$host
	# With the clock set back tonight's run is not among the newest by time.
	awk -F'\t' -v tmp="$tmp" -v keep="$keep" -v around=$around -v only="$only" \
		-v own="$run_dir" '
		function of(name) { return $at[name] }
		function spare(h, from, to) {
			for (i = from; i <= to; i++) spared[h, i] = 1 }
		FNR == 1 && FILENAME != tmp "/files" {
			delete at
			for (i = 1; i <= NF; i++) at[$i] = i
			next
		}
		FILENAME == tmp "/list" {
			h = of("host")
			n[h]++
			started[h, n[h]] = of("started")
			path[h, n[h]] = of("path")
			next
		}
		FILENAME == tmp "/changes" {
			h = of("host")
			for (k = 1; k <= n[h]; k++) {
				if (started[h, k] == of("last_before") ||
					started[h, k] == of("earliest"))
					spare(h, k - around + 1, k + around)
				if (started[h, k] == of("started") ||
					started[h, k] == of("latest"))
					spare(h, k - around, k + around - 1)
			}
			next
		}
		{ time[$1, $2] = $3; size[$1, $2] = $4 }
		function is_summed(r, file) {
			return size[r, file] > 0 &&
				time[r, file] >= time[r, "blocks.tsv"] &&
				time[r, file] >= time[r, "samples.tsv"]
		}
		END {
			for (h in n) if (only == "" || h == only)
				for (k = 1; k <= n[h] - keep; k++) {
					r = path[h, k]
					if (!spared[h, k] && r != own && (r, "samples.tsv") in size &&
						is_summed(r, "summary.tsv") &&
						is_summed(r, "quantiles.tsv"))
						print r "\t" size[r, "samples.tsv"]
				}
		}' "$tmp/list" "$tmp/changes" "$tmp/files"
}

is_whole() { # TABLE: more than its header, and no torn line
	[ "$(head -n 2 -- "$1" | wc -l)" -eq 2 ] && [ -z "$(tail -c 1 -- "$1")" ]
}

prune() {
	[ "$keep" != all ] || return 0
	at_stage 'making room'
	list_history || return 0
	find_files
	read_changes || {
		say 4 "$results/changes.tsv cannot be read, or is damaged: nothing is \
deleted, for it says what is to be kept"
		return 0
	}
	old_samples >"$tmp/old"
	files=0 bytes=0
	while IFS='	' read -r run size <&3; do
		is_whole "$results/$run/summary.tsv" || continue
		is_whole "$results/$run/quantiles.tsv" || continue
		if [ "$dry" = no ]; then
			why=$(rm -f -- "$results/$run/samples.tsv" 2>&1) || {
				say 4 "$run/samples.tsv: cannot be deleted: ${why##*: }"
				continue
			}
		fi
		files=$((files + 1)) bytes=$((bytes + size))
	done 3<"$tmp/old"
	[ $files -gt 0 ] || return 0
	gone="samples.tsv of $files run$(plural $files) that are in the history \
with their summaries: $(in_units $((bytes / 1024))) (--keep $keep)"
	if [ "$dry" = yes ]; then
		result "would delete $gone"
	else
		say 6 "deleted $gone"
	fi
}
