# SPDX-License-Identifier: GPL-3.0-or-later
# One table, in one format, from what sqlite3 prints in quote mode.
# Usage: awk -f latex.awk -f tabular.awk -v format=FORMAT ROWS
#
# FORMAT: csv, markdown, latex (booktabs and siunitx), or html (as sqlite3's
# html mode has it). ROWS: sqlite3 -quote -header, columns ended by \037 and
# rows by \036.
#
# This is the one place where numbers are rounded. A column X with columns
# "X lo" and "X hi" behind it is a quantity with an interval: all three are
# rounded to the second digit of the distance to the nearer end. A real number
# without an interval is rounded to three digits. Integers are counts, and
# texts are texts: neither is touched. In csv the ends are columns of their own,
# else one column; and what no row has is left out.
BEGIN {
	FS = "\037"
	RS = "\036"
}

function unquoted(s) {
	if (s !~ /^'/)
		return s == "NULL" ? "" : s
	s = substr(s, 2, length(s) - 2)
	gsub(/''/, "'", s)
	return s
}

# The place of the n-th digit, in decimals: negative before the point.
function decimals(x, n, s) {
	s = sprintf("%.*e", n - 1, x < 0 ? -x : x)
	return n - 1 - substr(s, index(s, "e") + 1)
}

function rounded(x, places, s) {
	if (places < 0) {
		s = 10 ^ -places
		x = s * int(x / s + (x < 0 ? -0.5 : 0.5))
	}
	s = sprintf("%.*f", places > 0 ? places : 0, x)
	return s ~ /^-[0.]*$/ ? substr(s, 2) : s
}

# How far the nearer end is: an interval of logarithms can be lopsided.
function nearer(x, lo, hi) {
	if (x <= lo || x >= hi)
		return (hi - lo) / 2
	return x - lo < hi - x ? x - lo : hi - x
}

NR == 1 {
	for (i = 1; i <= NF; i++)
		name[i] = unquoted($i)
	columns = NF
	for (i = 1; i + 2 <= columns; i++)
		if (name[i + 1] == name[i] " lo" && name[i + 2] == name[i] " hi") {
			with_interval[i]
			intervals++
			end[i + 1] = end[i + 2] = 1
		}
	next
}

{
	rows++
	for (i = 1; i <= columns; i++) {
		text[i] = $i ~ /^'/
		value[i] = unquoted($i)
	}
	for (i = 1; i <= columns; i++) {
		if ((i in with_interval) && value[i + 1] != "" &&
				value[i + 2] + 0 > value[i + 1] + 0) {
			places = decimals(nearer(value[i], value[i + 1], value[i + 2]), 2)
			for (k = i; k < i + 3; k++)
				cell[rows, k] = rounded(value[k], places)
			i += 2
		} else if (i in end)
			cell[rows, i] = "" # no interval, or one without width
		else if (text[i] || value[i] !~ /[.e]/)
			cell[rows, i] = value[i]
		else
			cell[rows, i] = rounded(value[i], decimals(value[i], 3))
	}
}

function is_number(s) {
	return s ~ /^[-+]?[0-9]+(\.[0-9]+)?$/
}

# "spawn µs" to "spawn 95 %"; the only interval of a table is just "95 %".
function interval_name(s) {
	if (intervals == 1)
		return "95 %"
	sub(/ ?((n|µ|m)?s(\/[^ ]*)?|%)$/, "", s)
	return s (s == "" ? "" : " ") "95 %"
}

# The columns that are shown, and what stands in them.
function lay_out(i, r, any) {
	for (i = 1; i <= columns; i++) {
		any = format == "csv"
		for (r = 1; r <= rows; r++)
			any = any || cell[r, i] != ""
		if (!any || (format != "csv" && name[i] ~ / hi$/ && (i in end)))
			continue
		at[++shown] = i
		is_range[shown] = format != "csv" && (i in end)
		head[shown] = is_range[shown] ? interval_name(name[i - 1]) : name[i]
		numeric[shown] = any = 0
		for (r = 1; r <= rows && any == numeric[shown]; r++)
			if (cell[r, i] != "") {
				any++
				numeric[shown] += is_number(cell[r, i])
			}
		numeric[shown] = any && any == numeric[shown]
	}
}

function range(r, i, between) {
	return cell[r, i] == "" ? "" : cell[r, i] between cell[r, i + 1]
}

function shown_text(r, k) {
	return is_range[k] ? range(r, at[k], " … ") : cell[r, at[k]]
}

function csv(s) {
	gsub(/\r/, " ", s)
	if (s !~ /[",\n]/)
		return s
	gsub(/"/, "\"\"", s)
	return "\"" s "\""
}

function print_csv(r, k, out) {
	for (r = 0; r <= rows; r++) {
		out = ""
		for (k = 1; k <= shown; k++)
			out = out (k > 1 ? "," : "") \
				csv(r ? shown_text(r, k) : head[k])
		print out
	}
}

function html(s) {
	gsub(/&/, "\\&amp;", s)
	gsub(/</, "\\&lt;", s)
	gsub(/>/, "\\&gt;", s)
	gsub(/"/, "\\&quot;", s)
	return s
}

function print_html(r, k) {
	for (r = 0; r <= rows; r++) {
		for (k = 1; k <= shown; k++)
			printf "%s<%s>%s</%s>\n", (k > 1 ? "" : "<TR>"),
				r ? "TD" : "TH",
				html(r ? shown_text(r, k) : head[k]),
				r ? "TD" : "TH"
		print "</TR>"
	}
}

function markdown(s) {
	gsub(/[\\`*_{}<>#|~[\]]/, "\\\\&", s)
	gsub(/&/, "\\&amp;", s)
	gsub(/[\n\r]/, " ", s)
	return s
}

function width(s) { # in characters, not bytes
	gsub(/[\200-\277]/, "", s)
	return length(s)
}

function padded(s, n, right, gap) {
	gap = sprintf("%" (n - width(s)) "s", "")
	if (n <= width(s))
		gap = ""
	return right ? gap s : s gap
}

function print_markdown(r, k, widest, out, rule) {
	for (k = 1; k <= shown; k++) {
		widest[k] = width(markdown(head[k]))
		for (r = 1; r <= rows; r++)
			if (width(markdown(shown_text(r, k))) > widest[k])
				widest[k] = width(markdown(shown_text(r, k)))
		if (widest[k] < 3)
			widest[k] = 3
		rule = sprintf("%" (widest[k] - 1) "s", "")
		gsub(/ /, "-", rule)
		rules = rules " " rule (numeric[k] || is_range[k] ? ":" : "-") " |"
	}
	for (r = 0; r <= rows; r++) {
		out = "|"
		for (k = 1; k <= shown; k++)
			out = out " " padded(markdown(r ? shown_text(r, k) : head[k]),
				widest[k], numeric[k] || is_range[k]) " |"
		print out
		if (!r)
			print "|" rules
	}
}

# Digits before and after the point that a column needs, as siunitx says it.
function table_format(k, r, s, before, after, n, signed) {
	for (r = 1; r <= rows; r++) {
		s = cell[r, at[k]]
		signed = signed || s ~ /^[-+]/
		sub(/^[-+]/, "", s)
		n = index(s, ".") ? length(s) - index(s, ".") : 0
		after = n > after ? n : after
		n = index(s, ".") ? index(s, ".") - 1 : length(s)
		before = n > before ? n : before
	}
	return (signed ? "-" : "") before "." after + 0
}

# A text too long for one line; all of them share most of the width.
function is_long(k, r) {
	if (numeric[k] || is_range[k])
		return 0
	for (r = 1; r <= rows; r++)
		if (width(cell[r, at[k]]) > 28)
			return 1
	return 0
}

function latex_column(k, longs) {
	return is_range[k] ? "c" : numeric[k] ? \
		"S[table-format=" table_format(k) "]" : !long[k] ? "l" : \
		sprintf(">{\\raggedright\\arraybackslash}p{%.2f\\linewidth}",
			longs > 1 ? 0.6 / longs : 0.45)
}

function latex_cell(r, k, s) {
	s = cell[r, at[k]]
	if (is_range[k])
		return s == "" ? "" : "\\numrange{" s "}{" cell[r, at[k] + 1] "}"
	if (numeric[k])
		return s
	s = latex(s)
	if (long[k]) # a name may break where its words end
		gsub(/\\_/, "\\_\\allowbreak{}", s)
	return s
}

function print_latex(r, k, spec, out, longs) {
	for (k = 1; k <= shown; k++)
		longs += long[k] = is_long(k)
	for (k = 1; k <= shown; k++)
		spec = spec latex_column(k, longs)
	print "% needs \\usepackage{booktabs,siunitx}"
	print "\\begin{tabular}{" spec "}"
	print "\\toprule"
	for (r = 0; r <= rows; r++) {
		out = ""
		for (k = 1; k <= shown; k++)
			out = out (k > 1 ? " & " : "") (r ? latex_cell(r, k) : \
				"{" latex(head[k]) "}")
		print out " \\\\" (r ? "" : "\n\\midrule")
	}
	print "\\bottomrule"
	print "\\end{tabular}"
}

END {
	if (!rows)
		exit
	lay_out()
	if (format == "csv")
		print_csv()
	else if (format == "html")
		print_html()
	else if (format == "markdown")
		print_markdown()
	else if (format == "latex")
		print_latex()
	else {
		print "tabular.awk: no format " format >"/dev/stderr"
		exit 2
	}
}
