#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Tables in four formats: numbers are rounded as their intervals allow, and no
# text gets out of its cell, nor LaTeX off its road.
. "${top_srcdir:-.}/tests/lib.sh"
command -v sqlite3 >/dev/null || skip 'sqlite3 is not installed'
awk=$top_srcdir/scripts

tabular() { # FORMAT: $work/sql as that, into $work/out
	sqlite3 -batch :memory: -quote -header -separator "$(printf '\037')" \
		-newline "$(printf '\036')" <"$work/sql" >"$work/rows"
	awk -f "$awk/latex.awk" -f "$awk/tabular.awk" -v format="$1" \
		"$work/rows" >"$work/out" || fail "no $1"
}

is() { # what $work/out must be stands in $work/want
	diff "$work/want" "$work/out" || fail "$1"
}

# --------------------------------------------------------------- the rounding
cat >"$work/sql" <<'EOT'
WITH q(x, lo, hi) AS (VALUES (72.634, 71.42, 73.81), (14600.3, 14000.0, 15123.0),
	(14600.3, 100.0, 90000.0), (0.012345, 0.012344, 0.012346), (18.0, 18.0, 18.0),
	(2.0, 1.005, 2.995), (99.96, 89.0, 110.9), (1234.5, NULL, NULL), (0.0, -0.04, 0.03),
	(4491.0, 411.0, 49000.0), (-3.14159, -4.14, -2.14), (NULL, NULL, NULL), (0.0, NULL, NULL), (17, NULL, NULL))
SELECT x AS "a µs", lo AS "a µs lo", hi AS "a µs hi", 123456 AS n, x AS alone,
	'0.5000' AS said FROM q;
EOT
cat >"$work/want" <<'EOT'
a µs,a µs lo,a µs hi,n,alone,said
72.6,71.4,73.8,123456,72.6,0.5000
14600,14000,15120,123456,14600,0.5000
15000,0,90000,123456,14600,0.5000
0.0123450,0.0123440,0.0123460,123456,0.0123,0.5000
18.0,,,123456,18.0,0.5000
2.0,1.0,3.0,123456,2.00,0.5000
100,89,111,123456,100,0.5000
1230,,,123456,1230,0.5000
0.000,-0.040,0.030,123456,0.00,0.5000
4500,400,49000,123456,4490,0.5000
-3.1,-4.1,-2.1,123456,-3.14,0.5000
,,,123456,,0.5000
0.00,,,123456,0.00,0.5000
17,,,123456,17,0.5000
EOT
tabular csv
is 'the rounding'

# ------------------------------------------------------------------ the formats
cat >"$work/sql" <<'EOT'
SELECT 'a&b <c> "d"' AS "na_me|&", 'x µ 漢, é' AS text, 1.5 AS "a µs", 1.0 AS "a µs lo",
	2.0 AS "a µs hi", 2.5 AS "b ns", 2.0 AS "b ns lo", 3.0 AS "b ns hi",
	NULL AS none, 7 AS n
UNION ALL SELECT '5% #1 _x_ \ ~^{}$`*', '[two
lines]', -10.25, NULL, NULL, 2.5, 2.0, 3.0, NULL, 12;
EOT
cat >"$work/want" <<'EOT'
na_me|&,text,a µs,a µs lo,a µs hi,b ns,b ns lo,b ns hi,none,n
"a&b <c> ""d""","x µ 漢, é",1.50,1.00,2.00,2.50,2.00,3.00,,7
5% #1 _x_ \ ~^{}$`*,"[two
lines]",-10.2,,,2.50,2.00,3.00,,12
EOT
tabular csv
is csv
cat >"$work/want" <<'EOT'
| na\_me\|&amp;                   | text          |  a µs |      a 95 % | b ns |      b 95 % |   n |
| ------------------------------- | ------------- | ----: | ----------: | ---: | ----------: | --: |
| a&amp;b \<c\> "d"               | x µ 漢, é      |  1.50 | 1.00 … 2.00 | 2.50 | 2.00 … 3.00 |   7 |
| 5% \#1 \_x\_ \\ \~^\{\}$\`\*    | \[two lines\] | -10.2 |             | 2.50 | 2.00 … 3.00 |  12 |
EOT
tabular markdown
tr -s ' -' <"$work/want" >"$work/squeezed" # the padding is not the point
mv "$work/squeezed" "$work/want"
tr -s ' -' <"$work/out" >"$work/squeezed"
mv "$work/squeezed" "$work/out"
is markdown
tabular html
grep -q '^<TR><TD>a&amp;b &lt;c&gt; &quot;d&quot;</TD>$' "$work/out" ||
	fail "html: $(cat "$work/out")"
grep -c '<T[DH]>' "$work/out" | grep -qx 21 || fail 'html: other cells'
cat >"$work/want" <<'EOT'
% needs \usepackage{booktabs,siunitx}
\begin{tabular}{llS[table-format=-2.2]cS[table-format=1.2]cS[table-format=2.0]}
\toprule
{na\_me\textbar{}\&} & {text} & {a \textmu{}s} & {a 95 \%} & {b ns} & {b 95 \%} & {n} \\
\midrule
a\&b \textless{}c\textgreater{} \textquotedbl{}d\textquotedbl{} & x \textmu{} U+6F22, é & 1.50 & \numrange{1.00}{2.00} & 2.50 & \numrange{2.00}{3.00} & 7 \\
5\% \#1 \_x\_ \textbackslash{} \textasciitilde{}\textasciicircum{}\{\}\$\textasciigrave{}{*} & {[}two lines] & -10.2 &  & 2.50 & \numrange{2.00}{3.00} & 12 \\
\bottomrule
\end{tabular}
EOT
tabular latex
is latex

# Nothing is printed of no rows, and a format must be one.
echo 'SELECT 1 AS x WHERE 0;' >"$work/sql"
tabular csv
[ ! -s "$work/out" ] || fail 'a table without rows'

# ------------------------------------------------ and a LaTeX that compiles them
if command -v pdflatex >/dev/null && kpsewhich siunitx.sty booktabs.sty lmodern.sty |
	grep -c . | grep -qx 3; then
	# Each byte that is no control character, and more of Unicode, in a row each.
	awk 'BEGIN { for (i = 32; i < 127; i++) {
			c = sprintf("%c", i); gsub(/\047/, "\047\047", c)
			printf "%sSELECT %d AS n, \047%s\047 AS first, \047--%s%s%s\047 AS thrice, %s AS \"x %s\"\n",
				(i > 32 ? "UNION ALL " : ""), i, c, c, c, c, i / 7, "%" } }' >"$work/sql"
	cat >>"$work/sql" <<'EOT'
UNION ALL SELECT 1000, 'µ…†‡×±·–—‘’“”°→≤≥', 'éßñøŁžÿĦĸŉſ', 1e9
UNION ALL SELECT 1001, '漢字 😀 ✓', CAST(x'ff80c3' AS TEXT), -1e-9
UNION ALL SELECT 1002, '\input{/etc/passwd}', '\end{tabular} $x_1^2$ %', 0.0;
EOT
	tabular latex
	cp "$work/out" "$work/table.tex"
	# What the program itself prints as LaTeX.
	mkdir "$work/run"
	: >"$work/run/plan.tsv"
	cat >"$work/run/machine.json" <<'EOT'
{"odd": "[a] & <b> \"c\" 5% #1 _x_ \\q ~^{}$ --opt 'd' `e` | *f* two\nlines",
"sources": {"odd": "[*]"}}
EOT
	"$FORKMETER" show "$work/run" --machine --format latex >"$work/machine.tex" ||
		fail 'no machine as LaTeX'
	cat >"$work/all.tex" <<'EOT'
\documentclass{article}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage{lmodern,textcomp,array,booktabs,siunitx}
\usepackage[paperheight=60cm]{geometry}
\begin{document}
\input{table}

\input{machine}
\end{document}
EOT
	(cd "$work" && pdflatex -halt-on-error -interaction=nonstopmode all.tex) \
		>"$work/log" 2>&1 </dev/null || fail "LaTeX: $(tail -n 20 "$work/log")"
	if command -v pdftotext >/dev/null; then
		pdftotext -layout "$work/all.pdf" "$work/text"
		# shellcheck disable=SC2016 # a dollar as such
		for have in 'input{/etc/passwd}' 'end{tabular} $x_1^2$ %' '--&&&' '--###' \
			'--___' 'U+6F22' '[a] & <b> "c" 5% #1 _x_ \q' '--opt ' "--\\\\"; do
			grep -Fq -- "$have" "$work/text" ||
				fail "the PDF lacks $have: $(cat "$work/text")"
		done
	else
		echo 'skip the text of the PDF: no pdftotext (Debian: poppler-utils)'
	fi
else
	echo 'skip LaTeX: not installed (Debian: texlive-latex-recommended,'
	echo 'texlive-science, lmodern)'
fi
end
