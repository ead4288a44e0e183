# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034,SC2154
# Part of scripts/nightly: what became slower, and the pages that show it.

# A line for each change that calls for attention, as trend's own status has it:
# new and slower, of a change that was neither told for the worse nor accepted.
alarms() { # TREND CHANGES: tables; the points that shifted most first
	awk -F'\t' -v changes="$2" '
		function of(name) { return $at[name] }
		FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		FILENAME == changes {
			if (of("verdict") == "slower" || of("status") == "accepted")
				known[of("change")] = 1
			next
		}
		of("status") == "new" && of("verdict") == "slower" && \
				!(of("change") in known) {
			c = of("change")
			if (!n[c]++)
				order[++orders] = c
			host[c] = of("host")
			point = of("workload") " " of("strategy") " " of("child") \
				" " of("backing") " " of("parameters") " " \
				(of("rss_bytes") > 0 ? of("rss_bytes") " B " : "") \
				of("settings") " " of("metric")
			gsub(/  +/, " ", point)
			text[c, n[c]] = sprintf("%s %+.1f %% (%+.1f .. %+.1f %%)", \
				point, 100 * (of("ratio") - 1), \
				100 * (of("ratio_lo") - 1), 100 * (of("ratio_hi") - 1))
			ratio[c, n[c]] = of("ratio")
			since[c] = of("started"); before[c] = of("last_before")
			changed[c] = of("changed")
		}
		END {
			for (k = 1; k <= orders; k++) {
				c = order[k]
				line = host[c] ": slower since " since[c] \
					" (the run before: " before[c] "): "
				for (told = 0; told < n[c] && told < 3; told++) {
					worst = 0
					for (i = 1; i <= n[c]; i++)
						if (!done[c, i] && (!worst || \
							ratio[c, i] > ratio[c, worst]))
							worst = i
					done[c, worst] = 1
					line = line (told ? "; " : "") text[c, worst]
				}
				if (n[c] > told)
					line = line "; and " n[c] - told " more points"
				print line ". Changed with it: " changed[c] ". If that is \
as it should be: forkmeter trend accept " c " REASON"
			}
		}' "$2" "$1"
}

tell() { # TREND: what was not told tonight
	: >>"$tmp/told"
	cp -- "$results/changes.tsv" "$tmp/changes" 2>/dev/null || : >"$tmp/changes"
	alarms "$1" "$tmp/changes" >"$tmp/alarms"
	while IFS= read -r line <&3; do
		grep -qxF -e "$line" "$tmp/told" && continue
		printf '%s\n' "$line" >>"$tmp/told"
		regression=yes
		because "$line"
		say 3 "$line"
	done 3<"$tmp/alarms"
}

trend() { # OUT OPTION...
	trend_out=$1
	shift
	[ "$verb" = judge ] || set -- "$@" --where "host=$host"
	attend timeout 3600 "$FORKMETER" trend --format tsv "$@" \
		>"$trend_out" 2>"$trend_out.err"
}

# Looked at twice: what is told by trend is known to it the next time, so we tell
# it before that. Killed between the two, it is told again, but never lost.
judge() {
	at_stage judging
	list_history || {
		[ "$broken" = yes ] || [ "$listed" -eq 2 ] ||
			broke "nothing can be judged: $(first_line "$tmp/list.err")"
		return 1
	}
	trend "$tmp/trend" --dry-run
	case $? in
	0 | 3) ;;
	1) tell "$tmp/trend" ;;
	*)
		say_lines 3 "$tmp/trend.err"
		broke "nothing was judged: $(first_line "$tmp/trend.err")"
		return 1
		;;
	esac
	trend "$tmp/known"
	status=$?
	[ $status -ne 1 ] || tell "$tmp/known"
	[ $status -lt 4 ] || broke "what is told now will be told again: $(
		first_line "$tmp/known.err")"
	say_lines 6 "$tmp/known.err"
	say_nights "$status"
}

# trend(1): the least that a series is judged by.
least_runs=6

say_nights() { # STATUS of trend
	[ "$verb" = run ] || return 0
	runs=$(awk -F'\t' -v host="$host" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$at["host"] == host { n++ }
		END { print n + 0 }' "$tmp/list")
	if [ "$runs" -lt $least_runs ]; then
		say 5 "$host: $runs run$(plural "$runs") in the history; what \
becomes slower is told from $least_runs on, in $((least_runs - runs)) \
night$(plural $((least_runs - runs)))"
	elif [ "$1" -eq 3 ]; then
		say 5 "$host: no point was measured in $least_runs runs yet, so \
nothing is judged"
	fi
}

# What a page is made with; where it is missing there is none, and that is said.
can_draw() { # WHAT
	for program in sqlite3 gnuplot; do
		command -v $program >/dev/null 2>&1 && continue
		say 4 "no $1: $program is not installed"
		return 1
	done
}

make_report() {
	[ "$report" = yes ] && [ -n "$run_dir" ] && can_draw report || return 0
	at_stage 'making the report'
	attend timeout 1200 "$here/report" "$results/$run_dir" \
		>/dev/null 2>"$tmp/report.err" && return
	say_lines 3 "$tmp/report.err"
	broke "no report of $run_dir: $(first_line "$tmp/report.err")"
}

write_page() {
	stage='writing the page'
	if [ ! -x "$here/history-page" ]; then
		say 4 "no page: $here/history-page is not there"
		return 0
	fi
	if [ ! -s "$results/history.sqlite" ]; then
		say 5 'no page yet: there is no history'
		return 0
	fi
	can_draw page || return 0
	attend timeout 1200 "$here/history-page" 2>"$tmp/page.err" && return
	say_lines 3 "$tmp/page.err"
	broke "no page: $(first_line "$tmp/page.err")"
}
