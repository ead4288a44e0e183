# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2154
# Part of scripts/report, which has set here, out, run and db and sits in a
# temporary folder: makes figures and tables, and prints the page around them.
#
# A figure is figure/NAME.sql and NAME.gp, a table table/NAME.sql; what is said
# of either is sentence/NAME.sql, one sentence a row, and stands with the figure
# where there are both. A table without rows is replaced by what is said of it. Queries give plain text: what
# goes into the page is escaped here.

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

missing() { # NAME TITLE NEEDS, escaped but for NAME
	printf '<p class="note">%s: left out, for the run has no data for it ' "$2"
	printf '(it takes %s).</p>\n' "$3"
}

figure() { # FILE
	name=$(basename "$1" .sql)
	title=$(about title "$1" | escape)
	db -list -header -separator '	' <"$1" >"$name.tsv"
	if [ "$(wc -l <"$name.tsv")" -lt 2 ]; then
		rm -f "$out/$name.svg"
		missing "$name" "$title" "$(about needs "$1" | escape)"
		return
	fi
	sentences "$name" >says
	(cd "$here/figure" && LC_ALL=C.UTF-8 gnuplot -c "$name.gp" "$tmp/$name.tsv" \
		"$tmp/$name.svg" "$(about title "$1")" \
		"$(sed -n 1p "$tmp/caption")" "$(sed -n 2p "$tmp/caption")") ||
		die 4 "$1: gnuplot failed, see above; please report it"
	title=$title says=$(tr '\n' ' ' <says) awk -v name="$name" -f "$here/svg.awk" \
		"$name.svg" >"$out/$name.svg.part"
	mv "$out/$name.svg.part" "$out/$name.svg"
	echo '<figure><div>'
	sed -n '/<svg/,$p' "$out/$name.svg"
	echo '</div><figcaption><ul>'
	sed 's:.*:<li>&</li>:' says
	printf '</ul><p class="note"><a href="%s.svg">%s.svg</a></p>' \
		"$name" "$name"
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

page() {
	db -list -noheader <"$here/sentence/caption.sql" >caption
	printf '%s' "$(db "SELECT value FROM machine WHERE key = 'run'")" |
		escape >run.name
	cat <<EOT
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What making a process costs: $(cat run.name)</title>
<style>
EOT
	cat "$here/page.css"
	cat <<EOT
</style>
</head>
<body>
<h1>What making a process costs: run $(cat run.name)</h1>
EOT
	section broken 'Take care'
	section answer 'The answer'
	section machine 'The machine'
	echo '<section><h2>Figures</h2>'
	in_order figure >figures
	while IFS= read -r file; do
		figure "$file"
	done <figures
	echo '</section><section><h2>Tables</h2>'
	in_order table >tables
	while IFS= read -r file; do
		table "$file"
	done <tables
	echo '</section>'
	section marks 'What was marked'
	section method 'How it was measured'
	echo '<section><h2>The names</h2><dl>'
	sentences words >lines
	sed 's|^\([^:]*\): \(.*\)|<dt>\1</dt><dd>\2</dd>|' lines
	cat <<EOT
</dl></section>
<p class="note">The raw data lie beside the folder of this page:
<a href="../machine.json">machine.json</a>, <a href="../plan.tsv">plan.tsv</a>,
<a href="../blocks.tsv">blocks.tsv</a>, <a href="../samples.tsv">samples.tsv</a>,
$(single_times)<a href="../summary.tsv">summary.tsv</a>, with
<a href="../quantiles.tsv">quantiles.tsv</a>,
<a href="../stability.tsv">stability.tsv</a> and
<a href="../noise.tsv">noise.tsv</a>.</p>
</body>
</html>
EOT
}
