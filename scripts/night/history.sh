# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034,SC2154
# Part of scripts/nightly: what is in the folder of all runs and not in their
# history is added, whoever was to add it.

list_history() { # the runs in it, in $tmp/list; status 1 where there is none
	attend timeout 300 "$FORKMETER" history list --format tsv \
		>"$tmp/list" 2>"$tmp/list.err"
	listed=$?
	[ $listed -eq 0 ] || : >"$tmp/list"
	return $listed
}

# Every file of a run that tells whether it is a run, and whether it changed.
find_files() { # HOST/TIME, name, time, size
	find "$results" -mindepth 3 -maxdepth 3 -type f \( -name plan.tsv \
		-o -name machine.json -o -name blocks.tsv -o -name samples.tsv \
		-o -name summary.tsv -o -name quantiles.tsv \) \
		-printf '%P\t%T@\t%s\n' 2>/dev/null |
		awk -F'\t' -v OFS='\t' '{
			n = split($1, part, "/")
			if (part[2] != "base" && part[2] != "new")
				print part[1] "/" part[2], part[3], $2, $3
		}' >"$tmp/files"
}

# To be added: what is not in the history, or was summarised before its last
# block came. Not what somebody may be measuring right now, and what was left
# out before and is as it was then.
find_candidates() {
	find_files
	: >"$tmp/left"
	[ ! -r "$left_out" ] || cp -- "$left_out" "$tmp/left"
	: >"$tmp/add" && : >"$tmp/as-before" && : >"$tmp/going"
	awk -F'\t' -v now="$(date +%s)" -v own="$run_dir" -v tmp="$tmp" '
		FILENAME == tmp "/list" {
			if (FNR == 1) {
				for (i = 1; i <= NF; i++) if ($i == "path") at = i
			} else {
				listed[$at] = 1
			}
			next
		}
		FILENAME == tmp "/left" { if (FNR > 1) left[$1] = $2; next }
		{
			if (!($1 in runs)) { runs[$1] = 1; run[++n] = $1 }
			if ($2 != "summary.tsv" && $2 != "quantiles.tsv" &&
				$2 != "samples.tsv")
				signature[$1] = signature[$1] $2 ":" $4 ":" int($3) " "
			time[$1, $2] = $3
		}
		END {
			for (i = 1; i <= n; i++) {
				r = run[i]
				blocks = time[r, "blocks.tsv"]
				# Without samples it cannot be summarised again.
				old = ((r, "samples.tsv") in time) && \
					time[r, "summary.tsv"] < blocks
				age = now - blocks
				if ((r in listed) && !old)
					continue
				if (r == own)
					print r "\t" signature[r] >(tmp "/add")
				else if (left[r] == signature[r])
					print r >(tmp "/as-before")
				else if (old && blocks && age > -900 && age < 900)
					print r >(tmp "/going")
				else
					print r "\t" signature[r] >(tmp "/add")
			}
		}' "$tmp/list" "$tmp/left" "$tmp/files"
}

rebuild() {
	attend timeout 3600 "$FORKMETER" history rebuild 2>"$tmp/rebuild.err"
	if list_history; then
		n=$(($(wc -l <"$tmp/list") - 1))
		say 5 "the history is made anew, of $n run$(plural $n)"
		return 0
	fi
	say_lines 3 "$tmp/rebuild.err"
	broke "there is no history: $(first_line "$tmp/list.err")"
	return 1
}

# One at a time, so that each has its own reason.
add_alone() { # RUN SIGNATURE
	attend timeout 600 "$FORKMETER" history add "$results/$1" \
		2>"$tmp/add.err" && return
	why=$(grep -v ': runs added: ' "$tmp/add.err" | head -n 1)
	why=${why#forkmeter: }
	case $why in
	*history.sqlite*)
		broke "$why"
		return 1
		;;
	esac
	if [ "$1" = "$run_dir" ]; then
		broke "tonight's run is no part of the history: $why"
		return
	fi
	say 4 "left out: $1: $why"
	append_line "$left_out" 'run	signature	since	reason' \
		"$1	$2	$(now_utc)	$(printf '%s' "$why" | tr '\t\n' '  ')" ||
		say 4 "$left_out: cannot be added to; this will be told again"
}

add_candidates() {
	[ -s "$tmp/add" ] || return 0
	cut -f1 "$tmp/add" | sed "s|^|$results_for_sed/|" >"$tmp/paths"
	attend timeout 3600 xargs -d '\n' -a "$tmp/paths" \
		"$FORKMETER" history add 2>"$tmp/add.err"
	list_history
	# What is not there now has a reason, which is asked for run by run.
	awk -F'\t' '
		NR == FNR { if (FNR == 1) { for (i = 1; i <= NF; i++)
				if ($i == "path") at = i } else there[$at] = 1
			next }
		!($1 in there)' "$tmp/list" "$tmp/add" >"$tmp/missing"
	while IFS='	' read -r missing signature <&3; do
		add_alone "$missing" "$signature" || break
	done 3<"$tmp/missing"
	added=$(($(wc -l <"$tmp/add") - $(wc -l <"$tmp/missing")))
	[ $added -eq 0 ] || say 6 "added to the history: $added run$(plural $added)"
}

# Where a run lies behind a link, it is not found.
own_is_there() {
	[ -n "$run_dir" ] || return 0
	list_history
	awk -F'\t' -v own="$run_dir" '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == "path") at = i; next }
		$at == own { found = 1 }
		END { exit !found }' "$tmp/list" ||
		broke "tonight's run is no part of the history: $results/$run_dir"
}

say_counts() {
	for kind in as-before going; do
		n=$(grep -c . "$tmp/$kind")
		[ "$n" -gt 0 ] || continue
		case $kind in
		as-before) say 5 "left out of the history, as before: $n \
run$(plural "$n"); ${left_out##*/} says why" ;;
		going) say 5 "left for the next time, since blocks were added in \
the last quarter of an hour: $(tr '\n' ' ' <"$tmp/going")" ;;
		esac
	done
}

update_history() {
	at_stage 'adding to the history'
	results_for_sed=$(printf '%s' "$results" | sed 's/[&|\\]/\\&/g')
	list_history
	case $listed in
	0) ;;
	2)
		if grep -q 'without SQLite' "$tmp/list.err"; then
			broke "$(first_line "$tmp/list.err")"
			return 1
		fi
		find_files
		if [ ! -s "$tmp/files" ]; then
			own_is_there
			say 5 "$results: no runs yet, so there is no history"
			return 1
		fi
		rebuild || return 1
		;;
	*)
		say_lines 4 "$tmp/list.err"
		rebuild || return 1
		;;
	esac
	find_candidates
	add_candidates
	[ "$broken" = yes ] || own_is_there
	say_counts
}
