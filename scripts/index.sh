# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2154
# Part of scripts/report, after page.sh: the page of all that was made.

anchor() { # ID: a link to it, for those who want to cite it
	printf ' <a class="anchor" href="#%s" aria-label="link to this">#</a>' "$1"
}

run_name() { # escaped
	db "SELECT value FROM machine WHERE key = 'run'" | escape
}

said_of_run() { # NAME
	sentences "$1" >lines
	[ -s lines ] || return 0
	[ "$runs" -eq 1 ] || printf '<h3>%s. %s</h3>\n' "$k" "$(run_name)"
	sed 's:.*:<p>&</p>:' lines
}

section() { # NAME HEADING: a paragraph a sentence; none, no section
	for_each_run said_of_run "$1" >paragraphs
	[ -s paragraphs ] || return 0
	printf '<section id="%s" class="%s"><h2>%s%s</h2>\n' "$1" "$1" "$2" \
		"$(anchor "$1")"
	cat paragraphs
	echo '</section>'
}

one_part() { # KIND NAME; what was left out stands together below
	[ -s "$cache/$1-$2.html" ] || return 0
	if ! grep -q '<figure\|<table' "$cache/$1-$2.html"; then
		sed "s:<p[^>]*>:&${mine:+$k. }:" "$cache/$1-$2.html" >>left_out
		return
	fi
	id=$1-$mine$2
	printf '<div class="%s" id="%s">\n' "$1" "$id"
	[ "$runs" -eq 1 ] || printf '<p class="whose">%s. %s</p>\n' "$k" \
		"$(run_name)"
	if [ "$runs" -eq 1 ]; then
		cat "$cache/$1-$2.html"
	else
		sed 's:href="\([a-z-]*[.][a-z]*\)":href="'"$k"'/\1":g' \
			"$cache/$1-$2.html"
	fi
	anchor "$id"
	echo '</div>'
}

parts() { # KIND HEADING
	: >left_out
	printf '<section id="%ss"><h2>%s%s</h2>\n' "$1" "$2" "$(anchor "$1s")"
	[ "$1" != figure ] || echo '<p class="note">Colours are from the palette of
Okabe and Ito, for readers who see colours otherwise, too; shapes, dashes and order
tell the same apart without them.</p>'
	printf '<div class="%ss">\n' "$1"
	while IFS= read -r file; do
		name=$(basename "$file" .sql)
		[ "$runs" -eq 1 ] || printf '<div class="abreast">\n'
		for_each_run one_part "$1" "$name"
		[ "$runs" -eq 1 ] || echo '</div>'
	done <"$1s"
	[ "$1" != figure ] || [ ! -s "$top/.cache/trace.html" ] ||
		cat "$top/.cache/trace.html"
	echo '</div>'
	if [ -s left_out ]; then
		printf '<details id="%ss-left-out"><summary>Left out: %s</summary>' \
			"$1" "$(wc -l <left_out)"
		cat left_out
		echo '</details>'
	fi
	echo '</section>'
}

# Every line of summary.tsv, and how its samples are spread, drawn by page.js for
# who asks.
points() {
	db -html -header <"$here/points.sql" >table.html
	[ -s table.html ] || return 0
	title="Every point of $(run_name)" awk -f "$here/htmltable.awk" table.html |
		sed 's:^<tr><td class="n">\([0-9]*\)</td>:<tr id="point-'"$mine"'\1"><td class="n">\1</td>:
			s:<div class="wide":& data-samples="samples-'"$k"'":'
	printf '<script type="application/json" id="samples-%s">' "$k"
	db -list -noheader <"$here/samples.sql"
	echo '</script>'
}

raw() {
	[ "$runs" -eq 1 ] || return 0
	[ "$top" = "$run/report" ] || return 0
	echo '<p class="note">The raw data lie beside the folder of this page:'
	for file in machine.json plan.tsv blocks.tsv samples.tsv histograms.tsv \
		summary.tsv quantiles.tsv stability.tsv noise.tsv; do
		[ ! -e "$run/$file" ] ||
			printf '<a href="../%s">%s</a>\n' "$file" "$file"
	done
	echo '</p>'
}

# The runs against the first: what differs of the machines, and in the points that
# both have. Its words come from sides/, as a figure's do.
sides() { # of run k against the first
	[ "$k" -gt 1 ] || return 0
	first=$(sed -n 1p folders | cut -f 2)/.cache/run.db
	against() { # FILE MODE...
		query=$1
		shift
		sqlite3 -batch -bail "$@" "$first" \
			-cmd "ATTACH '$(printf '%s' "$db" | sed "s/'/''/g")' AS other" \
			-cmd ".read '$here/sides/pair.sql'" <"$query"
	}
	printf '<h3>%s against 1: %s</h3>\n' "$k" "$(run_name)"
	against "$here/sides/says.sql" -list -noheader | sed '/^$/d' | escape |
		sed 's:.*:<p>&</p>:'
	against "$here/sides/state.sql" -html -header >table.html
	if [ -s table.html ]; then
		title="What differs between 1 and $k" \
			awk -f "$here/htmltable.awk" table.html
	else
		echo '<p>Hardware and state of the two are the same.</p>'
	fi
	against "$here/sides/ratio.sql" -list -header -separator '	' >sides.tsv
	[ "$(wc -l <sides.tsv)" -gt 1 ] || return 0
	name=sides-$k
	(cd "$here/figure" && LC_ALL=C.UTF-8 gnuplot -c sides.gp "$tmp/sides.tsv" \
		"$tmp/sides.svg" "Run $k by run 1: where they differ most" \
		"1: $(against "$here/sides/caption.sql" -list -noheader | sed -n 1p)" \
		"$k: $(against "$here/sides/caption.sql" -list -noheader |
			sed -n 2p)") || die 4 "sides.gp: gnuplot failed, see above; \
please report it"
	title="Run $k by run 1" says="$(against "$here/sides/says.sql" -list \
		-noheader | tr '\n' ' ' | escape)" awk -v name="$name" \
		-f "$here/svg.awk" sides.svg >"$top/$name.svg.part"
	mv "$top/$name.svg.part" "$top/$name.svg"
	printf '<figure id="%s"><div class="drawing">\n' "$name"
	sed -n '/<svg/,$p' "$top/$name.svg" | in_colours
	printf '</div><figcaption class="note"><a href="%s.svg">%s.svg</a>%s</figcaption></figure>\n' \
		"$name" "$name" "$(anchor "$name")"
	against "$here/sides/table.sql" -html -header >table.html
	title="Run $k by run 1, every point of both" \
		awk -f "$here/htmltable.awk" table.html
}

title_of_page() {
	if [ "$runs" -gt "$abreast" ]; then
		printf 'What making a process costs: %s runs of many machines' "$runs"
		return
	fi
	for_each_run run_name >names
	if [ "$runs" -eq 1 ]; then
		printf 'What making a process costs: run %s' "$(cat names)"
	else
		printf 'What making a process costs: %s side by side' \
			"$(sed ':a;N;$!ba;s/\n/ and /g' names)"
	fi
}

begin_page() { # TITLE: escaped
	cat <<EOT
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>$1</title>
<style>
EOT
	cat "$here/page.css"
	cat <<EOT
</style>
</head>
<body>
<header><h1>$1</h1>
EOT
}

page() {
	begin_page "$(title_of_page)"
	section broken 'Take care'
	section answer 'The answer'
	echo '</header><main>'
	if [ "$runs" -gt 1 ]; then
		printf '<section id="sides"><h2>Side by side%s</h2>\n' "$(anchor sides)"
		for_each_run sides
		echo '</section>'
	fi
	section machine 'The machine'
	parts figure Figures
	parts table Tables
	printf '<section id="points"><h2>Every point%s</h2>\n' "$(anchor points)"
	for_each_run points
	echo '</section>'
	section marks 'What was marked'
	section method 'How it was measured'
	printf '<section id="names"><h2>The names%s</h2><dl>\n' "$(anchor names)"
	for_each_run sentences words | sort -u |
		sed 's|^\([^:]*\): \(.*\)|<dt>\1</dt><dd>\2</dd>|'
	echo '</dl></section></main><footer>'
	for_each_run raw
	echo '</footer><script>'
	cat "$here/page.js"
	echo '</script></body></html>'
}

contents() { # of the finished page, behind the answer
	awk '/<section id="/ {
			id = $0; sub(/.*<section id="/, "", id); sub(/".*/, "", id)
			title = $0; sub(/.*<h2>/, "", title); sub(/ <a class.*/, "", title)
			if (id != "answer" && id != "broken")
				list = list "<li><a href=\"#" id "\">" title "</a></li>\n"
		}
		{ line[NR] = $0 }
		END {
			for (i = 1; i <= NR; i++) {
				print line[i]
				if (line[i] ~ /^<\/header><main>$/)
					print "<nav aria-label=\"contents\"><ul>" list \
						"</ul></nav>"
			}
		}' "$1"
}

trace_here() { # copy-on-write page by page, if the run's machine still runs
	boot=$(db "SELECT value FROM machine WHERE key = 'boot_id'")
	now=$(cat /proc/sys/kernel/random/boot_id 2>/dev/null || :)
	[ "$k" -eq 1 ] && [ "$boot" = "$now" ] || return 0
	! stale "$top/.cache/trace.html" "$db" "$here/figure/trace.gp" \
		"$here/trace.awk" "$here/index.sh" && return
	"$FORKMETER" trace --format tsv >trace.rows 2>trace.why || return 0
	awk -v says=says -v columns=1 -f "$here/trace.awk" trace.rows >trace.tsv
	db -list -noheader <"$here/sentence/caption.sql" >caption
	name=trace
	mkdir -p "$top/.cache"
	cp trace.tsv "$top/.cache/trace.tsv"
	cp trace.tsv "$top/.cache/trace.all.tsv"
	title='Copy-on-write, page by page, on the same machine'
	cache=$top/.cache draw trace "$title" svg
	title=$title says=$(escape <says | tr '\n' ' ') awk -v name=trace \
		-f "$here/svg.awk" trace.svg >"$top/trace.svg.part"
	mv "$top/trace.svg.part" "$top/trace.svg"
	{
		echo '<div class="figure" id="figure-trace"><figure>'
		echo '<div class="drawing">'
		sed -n '/<svg/,$p' "$top/trace.svg" | in_colours
		echo '</div><figcaption><ul>'
		escape <says | sed 's:.*:<li>&</li>:'
		printf '</ul><p class="note">%s</p></figcaption></figure>%s</div>\n' \
			'Traced while this page was made: <a href="trace.svg">trace.svg</a>' \
			"$(anchor figure-trace)"
	} >"$top/.cache/trace.html.part"
	mv "$top/.cache/trace.html.part" "$top/.cache/trace.html"
}

make_page() {
	for_each_run trace_here
	page >page.html
	contents page.html >"$top/index.html.part"
	mv "$top/index.html.part" "$top/index.html"
}
