# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2154
# Part of scripts/history-page, after page.sh and index.sh: has set here, results,
# folder, now, hours, days and db, and sits in a temporary folder. Each query is a
# file of scripts/history; what they print is plain text, escaped here.

most_open=4 # machines whose tables are open
most_chiefs=6 # of them drawn
most_figures=24 # a page with hundreds is looked at by nobody

ask() { # NAME: what that query prints, tabs between
	db -list -noheader -separator '	' <"$here/history/$1.sql"
}

query_table() { # NAME TITLE [PICTURES]: as HTML; nothing, where it has no rows
	db -quote -header -separator "$(printf '\037')" \
		-newline "$(printf '\036')" <"$here/history/$1.sql" >table.rows
	[ -s table.rows ] || return 0
	awk -f "$here/latex.awk" -f "$here/tabular.awk" -v format=html \
		table.rows >table.html
	title=$2 awk -f "$here/htmltable.awk" -v pictures="${3-}" table.html
}

# ------------------------------------------------------------------ what there is
columns_of() { # TABLE: a header line
	awk -F'\t' -v table="$1" '$1 == table { line = line (line == "" ? "" : "\t") $2 }
		END { print line }' columns.tsv
}

copy_index() { # so that nobody waits for the page
	sqlite3 -batch -cmd '.timeout 30000' "$results/history.sqlite" \
		'.backup page.db' 2>copy.err && return
	grep -q 'disk is full\|disk I/O' copy.err &&
		die 4 "$tmp: no room for a copy of the history; choose another \
folder by \$TMPDIR"
	die 4 "$results/history.sqlite: $(sed -n 1p copy.err)"
}

find_moves() {
	status=0
	"$FORKMETER" trend --dry-run --format tsv >changes.tsv 2>trend.err || status=$?
	case $status in
	0 | 1 | 3) ;;
	*)
		damaged="what moved is not known: $(sed -n 's/^forkmeter: //; 1p' \
			trend.err)"
		columns_of changes >changes.tsv
		db 'UPDATE clock SET is_judged = 0'
		;;
	esac
	load changes changes.tsv
}

read_nights() {
	nights=$results/nights.tsv
	if [ ! -e "$nights" ]; then
		columns_of nights >none.tsv
		nights=none.tsv
	elif ! sed -n 1p "$nights" 2>/dev/null | tr '\t' '\n' | grep -qx host; then
		damaged="what became of the nights is not known: $nights cannot be \
read, or its first line names no host"
		columns_of nights >none.tsv
		nights=none.tsv
	fi
	load nights "$nights"
}

find_outliers() {
	outliers_why=
	status=0
	"$FORKMETER" outliers --format tsv >outliers.tsv 2>outliers.err || status=$?
	case $status in
	0 | 1) ;;
	*)
		outliers_why=$(sed -n 's/^forkmeter: //; $p' outliers.err)
		columns_of outliers >outliers.tsv
		;;
	esac
	load outliers outliers.tsv
}

link_folders() {
	ask folders >folders.rows
	while IFS='	' read -r run path; do
		case $path in
		/*) whole=$path href=$path ;;
		*)
			whole=$results/$path href=$path
			[ "$folder" = "$results" ] || href=$whole
			;;
		esac
		report=
		[ ! -e "$whole/report/index.html" ] || report=$href/report/index.html
		[ -d "$whole" ] || href=
		printf '%s\t%s\t%s\n' "$run" "$href" "$report"
	done <folders.rows >linked.rows
	printf '%s\n' '.mode ascii' '.separator "\t" "\n"' \
		'.import linked.rows linked' | db
}

gather() {
	damaged=
	"$FORKMETER" history list --format tsv >/dev/null 2>list.err || {
		status=$?
		die "$status" "$(sed 's/^forkmeter: //; 1q' list.err)"
	}
	"$FORKMETER" list columns --format tsv >columns.tsv || die 4 "$FORKMETER: \
forkmeter list failed; ${FORKMETER_GET-build it \
with make}, or name another in \$FORKMETER"
	printf 'nights\t%s\n' 'host	text' 'began	text' 'ended	text' \
		'status	integer' 'run	text' 'reason	text' >>columns.tsv
	# A driver that has no such command has no such table either.
	printf 'outliers\t%s\n' 'peers	integer' 'over	text' 'host	text' \
		'host_id	text' 'workload	text' 'strategy	text' 'backing	text' \
		'rss_bytes	integer' 'child	text' 'parameters	text' 'metric	text' \
		'points	integer' 'machines	integer' 'ratio	real' 'ratio_lo	real' \
		'ratio_hi	real' 'verdict	text' >>columns.tsv
	copy_index
	effect=$("$FORKMETER" list options --format tsv | sed -n \
		's/^trend	--min-effect	.*(default: \([0-9.]*\)%).*/\1/p')
	db "CREATE TABLE clock(now INTEGER, hours INTEGER, days INTEGER, is_judged INTEGER,
			effect REAL);
		INSERT INTO clock VALUES ($now, $hours, $days, 1, ${effect:-NULL} / 100.0)"
	find_moves
	read_nights
	find_outliers
	db <"$here/history/prepare.sql"
	machines=$(db 'SELECT count(*) FROM node')
	[ "$machines" -gt 0 ] || die 2 "$results: the history holds no run that \
began before now; forkmeter history add RUN adds one"
	link_folders
}

# -------------------------------------------------------------------- what moved
word() { # N: of what the query words said
	cut -f "$1" "$tmp/words"
}

figure_of() { # ID TITLE SAYS [MORE]: of drawn.svg; MORE is HTML
	printf '<div class="figure" id="%s"><figure><div class="drawing">\n' "$1"
	title=$(printf '%s' "$2" | escape) says=$(printf '%s' "$3" | escape) \
		awk -v name="$1" -f "$here/svg.awk" drawn.svg | sed -n '/<svg/,$p' |
		in_colours
	printf '</div><figcaption><p>%s</p><p class="note">%s&#160;</p>' \
		"$(printf '%s' "$3" | escape)" "${4-}"
	printf '</figcaption></figure>%s</div>\n' "$(anchor "$1")"
}

draw_change() { # NO CHANGE SERIES: into figures.html
	db "UPDATE asked SET no = $1, change = $2, series = $3"
	for part in nights levels states; do
		db -list -header -separator '	' <"$here/history/figure-$part.sql" >$part.tsv
	done
	ask figure-words >words
	[ -s words ] && [ -s nights.tsv ] || return 0
	name=change-$1-$2
	(cd "$here/figure" && LC_ALL=C.UTF-8 gnuplot -c history.gp "$tmp/nights.tsv" \
		"$tmp/drawn.svg" "$(word 1)" "$(word 2)" "$(word 3)" "$tmp/levels.tsv" \
		"$tmp/states.tsv" "$(word 4)" \
		"$(word 5) $(sed 1d "$tmp/states.tsv" | wc -l)") ||
		die 4 "history.gp: gnuplot failed, see above; please report it"
	figure_of "$name" "$(word 1)" "$(word 6)" \
		"<a href=\"#machine-$1\">Its series</a>"
	printf '%s\n' "$name" >>drawn
}

draw_changes() {
	: >drawn
	: >figures.html
	ask figures >all.figures
	changes=$(wc -l <all.figures)
	[ "$changes" -gt 0 ] && command -v gnuplot >/dev/null 2>&1 || return 0
	sed "${most_figures}q" all.figures >first.figures
	while IFS='	' read -r no change series; do
		draw_change "$no" "$change" "$series"
	done <first.figures >figures.html
}

# The first chief points over machines and kernels, where there are several.
draw_machines() {
	: >chief.figures
	command -v gnuplot >/dev/null 2>&1 || return 0
	db "SELECT DISTINCT place FROM stands ORDER BY place LIMIT $most_chiefs" >places
	while read -r place; do
		db "UPDATE asked SET no = $place"
		ask machines-words >words
		[ -s words ] || continue
		db -list -header -separator '	' <"$here/history/figure-machines.sql" \
			>machines.tsv
		name=chief-$place
		(cd "$here/figure" && LC_ALL=C.UTF-8 gnuplot -c machines.gp \
			"$tmp/machines.tsv" "$tmp/drawn.svg" "$(word 1)" "$(word 2)" '') ||
			die 4 "machines.gp: gnuplot failed, see above; please report it"
		figure_of "$name" "$(word 1)" "$(word 3)"
	done <places >drawn.html
	[ ! -s drawn.html ] || printf '<div class="figures">\n%s\n</div>\n' \
		"$(cat drawn.html)" >chief.figures
}

# The figures, and a table of all.
changes_section() {
	[ "$changes" -gt 0 ] || return 0
	printf '<section id="moved"><h2>What moved%s</h2>\n' "$(anchor moved)"
	if [ -s figures.html ]; then
		[ "$changes" -le "$most_figures" ] || printf '<p class="note">Of %s
changes %s are drawn: last night&#39;s first, then those that are open, the newest
first. The table has all.</p>\n' "$changes" "$most_figures"
		echo '<p class="note">Each change is drawn by the series that moved most.</p>'
		echo '<div class="figures">'
		cat figures.html
		echo '</div>'
	else
		echo '<p class="note">No figures: gnuplot is not installed (Debian:
gnuplot-nox).</p>'
	fi
	query_table moved "Every shift that there is; new: told in the last $hours h, \
or not yet"
	notes trend trend.err
	echo '</section>'
}

notes() { # COMMAND FILE: what it said besides
	[ -s "$2" ] || return 0
	printf '<details><summary>What forkmeter %s says of it</summary>\n' "$1"
	sed 's/^forkmeter: //' "$2" | escape | sed 's:.*:<p class="note">&</p>:'
	echo '</details>'
}

news() {
	ask news | escape | awk -F'\t' -v drawn=drawn '
		BEGIN { while ((getline line < drawn) > 0) is_drawn[line] }
		$2 != heading {
			if (heading != "")
				print "</ul>"
			heading = $2
			print "<h3>" heading "</h3>\n<ul class=\"news k" $1 "\">"
		}
		{
			link = $6
			if (link ~ /^change/ && !(link in is_drawn))
				link = "moved"
			if (link != "")
				link = " <a href=\"#" link "\">" (link ~ /^machine/ ? \
					"its series" : link == "moved" ? "table" : "figure") "</a>"
			print "<li><strong>" $3 "</strong>: " $4 link ($5 == "" ? "" : \
				"<br><span class=\"note\">" $5 "</span>") "</li>"
		}
		END { if (heading != "") print "</ul>" }'
}

# ------------------------------------------------------------------ each machine
sparklines() { # NO: a line a series, from the first run of all that is shown
	ask marks >marks.tsv
	ask nights >nights.tsv
	from=$(db "SELECT max(now - 86400 * days, (SELECT min(first_at) FROM node))
		FROM clock")
	step=$(db "SELECT coalesce((SELECT step FROM pace WHERE no = $1), 86400)")
	awk -f "$here/spark.awk" -v from="$from" -v to="$now" -v step="$step" \
		marks.tsv nights.tsv >pictures
}

machine() { # NO
	db "UPDATE picked SET no = $1"
	db <"$here/history/level.sql"
	name=$(db "SELECT name FROM node WHERE no = $1" | escape)
	sparklines "$1"
	printf '<section class="machine" id="machine-%s"><h3>%s%s</h3>\n' "$1" "$name" \
		"$(anchor "machine-$1")"
	query_table machine-links '' >links.html
	printf '<p class="note">%s %s</p>\n' "$(ask machine-words | escape)" \
		"$(grep -o '<a href.*</a>' links.html | tr '\n' ' ')"
	# Many of them, and the page is no longer looked at in a minute.
	[ "$machines" -le "$most_open" ] ||
		printf '<details><summary>The newest run</summary>\n'
	picture="last $days days" query_table points "The newest run of $name" pictures |
		sed "s:<div class=\"wide\":& data-nights=\"nights-$1\":"
	printf '<script type="application/json" id="nights-%s">' "$1"
	ask series
	echo '</script>'
	[ "$machines" -le "$most_open" ] || echo '</details>'
	echo '</section>'
}

machine_sections() {
	printf '<section id="series"><h2>Every series%s</h2>\n' "$(anchor series)"
	printf '<p class="note">A line joins nights that follow each other; where nights
are missing it has a gap. Its height is the range of the nights, at least 4 %% of them;
single nights that are far off are cut at its edge. Upright marks: a shift, for the worse or (dashed) the better.
A level is the median of the nights since the last shift; by level and by last are
the newest against it and against the run before. In its level says
above or below, and of how many nights, where the newest and its interval lie beyond
all that the level had before: no change yet, but one begins so. Press a line for all
nights of a year.</p>\n'
	db 'SELECT no FROM node ORDER BY is_current DESC, no' >numbers
	while read -r no; do
		machine "$no"
	done <numbers
	echo '</section>'
}

# --------------------------------------------------------------------- the page
section_of() { # ID HEADING QUERY TITLE [NOTE]
	query_table "$3" "$4" >section.html
	[ -s section.html ] || return 0
	printf '<section id="%s"><h2>%s%s</h2>\n' "$1" "$2" "$(anchor "$1")"
	[ -z "${5-}" ] || printf '<p class="note">%s</p>\n' "$5"
	[ ! -s "$1.figures" ] || cat "$1.figures"
	cat section.html
	echo '</section>'
}

side_by_side() { # for one alone there is nothing to be beside
	draw_machines
	section_of chief 'Machines side by side' chief \
		'Chief points over machines and kernels' \
		'Of each workload, strategy and child the time at that memory which most
machines have, of those the largest; the newest run on each of up to three kernels.
The last column compares with the median of the machines&#39; newest runs.'
}

write_page() {
	draw_changes
	begin_page "What changed on $machines $([ "$machines" -eq 1 ] &&
		echo machine || echo machines), $(date -u -d "@$now" +%Y-%m-%d)"
	[ -z "$damaged" ] || printf '<section class="broken"><h2>Take care</h2>
<p>%s</p></section>\n' "$(printf '%s' "$damaged" | escape)"
	echo '<section class="answer">'
	ask head | escape | sed 's:.*:<p>&</p>:'
	echo '</section>'
	echo '</header><main>'
	printf '<section id="news"><h2>Last night%s</h2>\n' "$(anchor news)"
	news >news.html
	[ -s news.html ] || echo '<p>Nothing else to say.</p>' >news.html
	cat news.html
	echo '</section>'
	section_of machines 'The machines' machines 'Machines, those that need a look first'
	machine_sections
	changes_section
	[ "$(db 'SELECT count(DISTINCT no) FROM stands')" -lt 2 ] || side_by_side
	outliers
	section_of runs Runs runs 'The newest runs'
	echo '</main><footer><p class="note">'
	printf 'Made at %s UTC of %s runs. ' "$(date -u -d "@$now" '+%Y-%m-%d %H:%M')" \
		"$(db 'SELECT count(*) FROM run')"
	echo 'forkmeter.prom beside this page says the chief of it to Prometheus.
</p></footer><script>'
	cat "$here/page.js"
	echo '</script></body></html>'
}

# Who is one among machines of equal hardware; left out, with the reason, where that
# is not told.
outliers() {
	[ "$machines" -gt 1 ] || return 0
	printf '<section id="outliers"><h2>Outliers%s</h2>\n' "$(anchor outliers)"
	if [ -n "$outliers_why" ]; then
		printf '<p class="note">Left out: %s</p>\n' \
			"$(printf '%s' "$outliers_why" | escape)"
	else
		ask outliers-words | escape | sed 's:.*:<p>&</p>:'
		query_table outliers 'Who deviates from machines of equal hardware and state'
		notes outliers outliers.err
	fi
	echo '</section>'
}

write_metrics() {
	ask prom >metrics
	echo '# EOF' >>metrics
	iconv -f UTF-8 -t UTF-8 -c <metrics >"$prom_part" ||
		die 4 "$prom: cannot be written whole, see above; it is left as it was"
}
