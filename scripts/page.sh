# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2154
# Part of scripts/report, which has set here, top, runs and db and sits in a
# temporary folder with folders, a line a run: its own and that of its report.
# Makes figures and tables, and the page around them.
#
# A figure is figure/NAME.sql and NAME.gp, a table table/NAME.sql; what is said
# of either is sentence/NAME.sql, one sentence a row, and stands with the figure
# where there are both. A table without rows is replaced by what is said of it.
# Queries give plain text: what goes into the page is escaped here. What a figure
# or table is of the page lies in .cache, so that only what is out of date is made
# again.

db() { sqlite3 -batch -bail "$db" "$@"; }

load() { # TABLE FILE
	cp "$2" whole.tsv
	if [ -n "$(tail -c 1 whole.tsv)" ]; then
		sed '$d' whole.tsv >cut.tsv # a torn last line
		mv cut.tsv whole.tsv
	fi
	awk -v table="$1" -v rows=rows.tsv -f "$here/import.awk" \
		columns.tsv whole.tsv >import.sql || die 4 "$2: its first line \
names no column of a run's $1.tsv; name a run's folder, or measure again"
	db <import.sql
}

for_each_run() { # COMMAND...: with k, run, out, cache, db and mine
	k=0
	while IFS='	' read -r run out <&3; do
		k=$((k + 1))
		cache=$out/.cache
		db=$cache/run.db
		# What is unique in a page with several runs begins with this.
		mine=
		[ "$runs" -eq 1 ] || mine=run-$k-
		"$@"
	done 3<folders
}

escape() { sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g; s/"/\&quot;/g'; }

about() { # KEY FILE: what the query's comments say of it
	sed -n "s/^-- $1: //p" "$2"
}

in_order() { # FOLDER: its queries, in the order that they ask for
	for file in "$here/$1"/*.sql; do
		printf '%s\t%s\n' "$(about order "$file")" "$file"
	done | sort -n | cut -f 2-
}

sentences() { # NAME: escaped, a line each; a space in a quantity holds
	: >said
	if [ -f "$here/sentence/$1.sql" ]; then
		db -list -noheader <"$here/sentence/$1.sql" >said
	fi
	sed '/^$/d' said | escape | sed 's/\([0-9]\) \([nm]*s\)/\1\&#160;\2/g
		s/\([0-9]\) \(µs\)/\1\&#160;\2/g; s/ †/\&#160;†/g
		s/\([0-9]\) \([KMG]iB\)/\1\&#160;\2/g'
}

section() { # NAME HEADING: a paragraph a sentence; none, no section
	sentences "$1" >lines
	[ -s lines ] || return 0
	printf '<section class="%s"><h2>%s</h2>\n' "$1" "$2"
	sed 's:.*:<p>&</p>:' lines
	echo '</section>'
}

# A figure's black, greys and white are the page's, so that it turns dark with it.
in_colours() {
	sed 's/#[fF][fF][fF][fF][fF][fF]\|rgb(255, *255, *255)/var(--paper)/g
		s/rgb( *221, *221, *221)\|rgb( *204, *204, *204)/var(--line)/g
		s/rgb( *255, *235, *221)/var(--fresh)/g
		s/rgb( *68, *68, *68)/var(--dim)/g
		s/rgb( *85, *85, *85)/var(--dim)/g
		s/rgb( *26, *26, *26)\|rgb( *0, *0, *0)\|#000000/var(--ink)/g
		s/\(color\|fill\)="black"/\1="var(--ink)"/g'
}

missing() { # NAME TITLE NEEDS, escaped but for NAME
	printf '<p class="note">%s: left out, for the run has no data for it ' "$2"
	printf '(it takes %s).</p>\n' "$3"
}

rows() { # FILE: of a figure, for gnuplot
	name=$(basename "$1" .sql)
	! stale "$cache/$name.tsv" "$db" "$1" && return
	db -list -header -separator '	' <"$1" >"$cache/$name.tsv.part" ||
		die 4 "$1: sqlite3 failed, see above; please report it"
	mv "$cache/$name.tsv.part" "$cache/$name.tsv"
}

all_rows() { # FILE: of all runs that stand side by side, so that axes are alike
	name=$(basename "$1" .sql)
	: >all.tsv
	for_each_run cat_rows
	awk 'NR == 1 { header = $0; print; next } $0 != header' all.tsv >all.rows
	cmp -s all.rows "$top/.cache/$name.all.tsv" ||
		cp all.rows "$top/.cache/$name.all.tsv"
}

cat_rows() {
	cat "$cache/$name.tsv" >>all.tsv
}

draw() { # NAME TITLE SVG-OR-PDF
	(cd "$here/figure" && LC_ALL=C.UTF-8 gnuplot -c "$1.gp" "$cache/$1.tsv" \
		"$tmp/$1.$3" "$2" "$(sed -n 1p "$tmp/caption")" \
		"$(sed -n 2p "$tmp/caption")" "$top/.cache/$1.all.tsv") ||
		die 4 "$1.gp: gnuplot failed, see above; please report it"
}

pdf() { # NAME TITLE: beside the SVG, for LaTeX, where something can make it
	rm -f "$out/$1.pdf"
	if [ "$pdf_by" = gnuplot ]; then
		draw "$1" "$2" pdf
	elif [ "$pdf_by" = rsvg-convert ]; then
		rsvg-convert -f pdf -o "$1.pdf" "$out/$1.svg" || return 0
	else
		return 0
	fi
	mv "$1.pdf" "$out/$1.pdf"
}

links() { # FILE...: those that there are, of this run
	for file; do
		[ ! -e "$out/$file" ] || printf '<a href="%s">%s</a> ' "$file" "$file"
	done
}

figure() { # FILE
	name=$(basename "$1" .sql)
	title=$(about title "$1" | escape)
	if [ "$(wc -l <"$cache/$name.tsv")" -lt 2 ]; then
		rm -f "$out/$name.svg" "$out/$name.pdf"
		missing "$name" "$title" "$(about needs "$1" | escape)"
		return
	fi
	sentences "$name" >says
	draw "$name" "$(about title "$1")" svg
	title=$title says=$(tr '\n' ' ' <says) awk -v name="$mine$name" \
		-f "$here/svg.awk" "$name.svg" >"$out/$name.svg.part"
	mv "$out/$name.svg.part" "$out/$name.svg"
	pdf "$name" "$(about title "$1")"
	echo '<figure>'
	echo '<div class="drawing">'
	sed -n '/<svg/,$p' "$out/$name.svg" | in_colours
	echo '</div><figcaption><ul>'
	sed 's:.*:<li>&</li>:' says
	printf '</ul><p class="note">%s</p>' "$(links "$name.svg" "$name.pdf")"
	echo '</figcaption></figure>'
}

tabular() { # FORMAT: the table of table.rows
	awk -f "$here/latex.awk" -f "$here/tabular.awk" -v format="$1" table.rows
}

table() { # FILE
	name=$(basename "$1" .sql)
	title=$(about title "$1" | escape)
	db -quote -header -separator "$(printf '\037')" \
		-newline "$(printf '\036')" <"$1" >table.rows
	: >says
	[ -f "$here/figure/$name.sql" ] || sentences "$name" >says
	if [ ! -s table.rows ]; then
		rm -f "$out/$name.md" "$out/$name.csv" "$out/$name.tex"
		if [ -s says ]; then
			printf '<p>%s: %s</p>\n' "$title" "$(cat says)"
		else
			missing "$name" "$title" "$(about needs "$1" | escape)"
		fi
		return
	fi
	tabular csv >"$out/$name.csv.part"
	tabular markdown >"$out/$name.md.part"
	tabular latex >"$out/$name.tex.part"
	tabular html >table.html
	for kind in csv md tex; do
		mv "$out/$name.$kind.part" "$out/$name.$kind"
	done
	title=$title awk -f "$here/htmltable.awk" table.html
	sed 's:.*:<p>&</p>:' says
	printf '<p class="note">%s ' "$(about note "$1" | escape)"
	printf '<a href="%s.csv">%s.csv</a> ' "$name" "$name"
	printf '<a href="%s.md">%s.md</a> ' "$name" "$name"
	printf '<a href="%s.tex">%s.tex</a></p>\n' "$name" "$name"
}

single_times() { # only runs with single touches have them
	[ ! -f "$run/histograms.tsv" ] ||
		echo '<a href="../histograms.tsv">histograms.tsv</a>,'
}

# ------------------------------------------------------- only what is out of date
part() { # KIND FILE: what it is of the page, in .cache/KIND-NAME.html
	name=$(basename "$2" .sql)
	kept=$cache/$1-$name.html
	set -- "$1" "$2" "$db" "$here/sentence/$name.sql" "$here"/*.awk \
		"$here/page.sh"
	if [ "$1" = figure ]; then
		set -- "$@" "$top/.cache/$name.all.tsv" "$here/figure/$name.gp" \
			"$here/sentence/caption.sql"
		for shared in style frame rows log-x legend; do
			set -- "$@" "$here/figure/$shared.gp"
		done
	fi
	! stale "$kept" "$@" && all_there "$kept" && return
	"$1" "$2" >"$kept.part"
	mv "$kept.part" "$kept"
}

all_there() { # FRAGMENT: the files that it links to
	grep -o 'href="[a-z-]*[.][a-z]*"' "$1" | cut -d '"' -f 2 >linked
	while IFS= read -r file; do
		[ -e "$out/$file" ] || return 1
	done <linked
}

all_parts() { # KIND
	[ "$1" != figure ] || db -list -noheader <"$here/sentence/caption.sql" >caption
	while IFS= read -r file; do
		part "$1" "$file"
	done <"$1s"
}

all_asked() {
	while IFS= read -r file; do
		rows "$file"
	done <figures
}

find_pdf() {
	pdf_by=none
	if gnuplot -e 'set terminal pdfcairo' >/dev/null 2>&1; then
		pdf_by=gnuplot
	elif command -v rsvg-convert >/dev/null 2>&1; then
		pdf_by=rsvg-convert
	fi
}

make_figures() {
	find_pdf
	in_order figure >figures
	for_each_run all_asked
	while IFS= read -r asked; do
		all_rows "$asked"
	done <figures
	for_each_run all_parts figure
}

make_tables() {
	in_order table >tables
	for_each_run all_parts table
}
