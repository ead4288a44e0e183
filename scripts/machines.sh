# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2154
# Part of scripts/report, after index.sh: the page of many machines, where runs do
# not stand abreast any more. forkmeter outliers reads and judges the runs; the
# queries of machines/ ask its lines for figures (figure/machines.gp), tables
# and sentences.
#
# For others: with here (this folder), db (a database to be made), FORKMETER and
# across (what of hardware and state may differ; may be unset),
# in a temporary folder, machines_database RUN... makes the tables of
# machines/views.sql, and machines_figure K SVG-OR-PDF OUT draws the K-th chief
# point of them.

machines_database() { # RUN...
	mkdir -p runs
	printf 'run\tpath\n' >given.tsv
	n=0
	for run; do
		n=$((n + 1))
		# By numbers, for a path may be of any length.
		ln -sfn "$run" "runs/$n"
		printf 'runs/%s\t%s\n' $n "$run" >>given.tsv
	done
	status=0
	# shellcheck disable=SC2046 # runs/1 runs/2 ...
	"$FORKMETER" outliers --format tsv ${across:+--across "$across"} \
		$(sed '1d; s/	.*//' given.tsv) \
		>outliers.tsv 2>outliers.why || status=$?
	case $status in
	[013]) ;;
	*)
		cat outliers.why >&2
		[ "$status" -ne 2 ] || [ -z "${across-}" ] ||
			die 2 "--across $across: see above"
		die 4 "forkmeter outliers failed, see above"
		;;
	esac
	"$FORKMETER" list columns --format tsv >columns.tsv ||
		die 4 "$FORKMETER: forkmeter list failed; \
${FORKMETER_GET-build it with make}, or \
name another in \$FORKMETER"
	printf 'given\t%s\ttext\n' run path >>columns.tsv
	printf 'across\tfacts\ttext\n' >>columns.tsv
	printf 'facts\n%s' "${across:+$across
}" >across.tsv
	rm -f "$db"
	load given given.tsv
	load across across.tsv
	load outliers outliers.tsv
	db <"$here/machines/views.sql"
	db -list -noheader <"$here/machines/caption.sql" >caption
}

machines_figure() { # K SVG-OR-PDF OUT: the K-th chief point
	{
		echo "CREATE TEMP TABLE asked AS SELECT $1 AS chief;"
		cat "$here/machines/rows.sql"
	} | db -list -header -separator '	' >machines.tsv
	title=$(db "SELECT point FROM chief WHERE chief = $1")
	(cd "$here/figure" && LC_ALL=C.UTF-8 gnuplot -c machines.gp \
		"$OLDPWD/machines.tsv" "$OLDPWD/$3" "$title" \
		"$(sed -n 1p "$OLDPWD/caption")" \
		"$(sed -n 2p "$OLDPWD/caption")") ||
		die 4 "machines.gp: gnuplot failed, see above; please report it"
}

machine_figure() { # K: its files, and what it is of the page
	name=machines-$1
	machines_figure "$1" svg "$name.svg"
	title=$(db "SELECT point FROM chief WHERE chief = $1" | escape) \
		says=$(tr '\n' ' ' <answer | escape) awk -v name="$name" \
		-f "$here/svg.awk" "$name.svg" >"$top/$name.svg.part"
	mv "$top/$name.svg.part" "$top/$name.svg"
	rm -f "$top/$name.pdf"
	if [ "$pdf_by" = gnuplot ]; then
		machines_figure "$1" pdf "$name.pdf"
	elif [ "$pdf_by" = rsvg-convert ]; then
		rsvg-convert -f pdf -o "$name.pdf" "$top/$name.svg" || :
	fi
	[ ! -e "$name.pdf" ] || mv "$name.pdf" "$top/$name.pdf"
	printf '<div class="figure" id="%s"><figure><div class="drawing">\n' "$name"
	sed -n '/<svg/,$p' "$top/$name.svg" | in_colours
	printf '</div><figcaption class="note">%s</figcaption></figure>%s</div>\n' \
		"$(links "$name.svg" "$name.pdf")" "$(anchor "$name")"
}

machine_figures() {
	printf '<section id="figures"><h2>Machines, one figure a point%s</h2>\n' \
		"$(anchor figures)"
	printf '<p class="note">Of %s points these %s: of each interval, and of fork,
vfork and posix_spawn, what most machines measured, with the largest memory. All are
in the file below.</p>\n' "$(db 'SELECT count(*) FROM measured')" \
		"$(db 'SELECT count(*) FROM chief')"
	echo '<div class="figures">'
	for file in figures/*.html; do
		[ ! -e "$file" ] || cat "$file"
	done
	echo '</div></section>'
}

make_machine_figures() {
	find_pdf
	mkdir figures
	rm -f "$top"/machines-*.svg "$top"/machines-*.pdf
	db 'SELECT chief FROM chief ORDER BY chief' >chiefs
	while IFS= read -r chief; do
		machine_figure "$chief" >"figures/$chief.html"
	done <chiefs
}

make_machine_tables() {
	: >tables.html
	for table in machines outliers groups; do
		{
			printf '<div class="table" id="table-%s">\n' $table
			table "$here/machines/$table.sql"
			anchor "table-$table"
			echo '</div>'
		} >>tables.html
	done
	cp outliers.tsv "$top/outliers.tsv"
}

machines_page() {
	begin_page "$(title_of_page)"
	printf '<section id="answer" class="answer"><h2>The answer%s</h2>\n' \
		"$(anchor answer)"
	escape <answer | sed '/^$/d; s:.*:<p>&</p>:'
	echo '</section></header><main>'
	machine_figures
	printf '<section id="tables"><h2>Tables%s</h2>\n' "$(anchor tables)"
	cat tables.html
	printf '<p class="note">Every machine and point, with what was found: %s</p>' \
		'<a href="outliers.tsv">outliers.tsv</a>'
	cat <<'EOT'
</section><section id="method"><h2>How it was judged</h2>
<p>By forkmeter outliers: each machine is held against the others of its group, which
have equal hardware and state. Its manual and doc/statistics say how, and how often
it is wrong. Machines that were measured at the same time on one virtual host are not
independent. Of a single run, scripts/report RUN makes the page with all its
figures.</p></section></main><footer></footer><script>
EOT
	cat "$here/page.js"
	echo '</script></body></html>'
}

make_machines() {
	cache=$top/.cache
	out=$top
	mine=
	db=$cache/machines.db
	k=0
	set --
	while IFS='	' read -r run _; do
		set -- "$@" "$run"
	done <folders
	machines_database "$@"
	[ -z "${FORKMETER_DATABASE-}" ] || db ".backup '$FORKMETER_DATABASE'" ||
		die 4 "$FORKMETER_DATABASE: the database cannot be kept there"
	db -list -noheader <"$here/machines/says.sql" >answer
	[ "$only" = tables ] || make_machine_figures
	[ "$only" = figures ] || make_machine_tables
	[ -z "$only" ] || return 0
	machines_page >page.html
	contents page.html >"$top/index.html.part"
	mv "$top/index.html.part" "$top/index.html"
}
