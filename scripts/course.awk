# SPDX-License-Identifier: GPL-3.0-or-later
# The course report's LaTeX as Markdown, with what the run has to say put in.
# Usage: awk -f course.awk -v made=GENERATED -v tmp=TEXTS report.tex
#
# It knows the commands that doc/report/report.tex uses and no others: one that
# it does not know stays as it is, for its reader to see. TEXTS has the texts as
# plain ones: says-NAME, value-NAME, title-table-NAME and the like.
BEGIN {
	BS = "\\"
}

function slurp(file, s, line) {
	s = ""
	while ((getline line <file) > 0)
		s = s (s == "" ? "" : "\n") line
	close(file)
	return s
}

function escaped(s) {
	gsub(/[\\`*_<>#|]/, "\\\\&", s)
	return s
}

function put(s) {
	if (s != "")
		print s "\n"
}

# The text between the braces that follow s's first n characters.
function argument(s, n, depth, i, c) {
	depth = 0
	for (i = n + 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		depth += (c == "{") - (c == "}")
		if (c == "}" && !depth)
			return substr(s, n + 2, i - n - 2)
	}
	return ""
}

# Replaces COMMAND{x} by before x after; for code underscores lose their escape.
function replaced(s, command, before, after, at, x, out) {
	while ((at = index(s, BS command "{"))) {
		x = argument(s, at + length(command))
		out = out substr(s, 1, at - 1) before x after
		s = substr(s, at + length(command) + 3 + length(x))
	}
	return out s
}

function with_values(s, at, name, v, out) {
	while ((at = index(s, BS "fmvalue{"))) {
		name = argument(s, at + 7)
		v = slurp(tmp "/value-" name)
		out = out substr(s, 1, at - 1) (v == "" ? "(not recorded)" : escaped(v))
		s = substr(s, at + 10 + length(name))
	}
	return out s
}

# A reference to a table or figure is its title, for there are no numbers.
function with_references(s, at, name, kind, v, out) {
	while ((at = index(s, BS "ref{"))) {
		name = argument(s, at + 3)
		kind = name ~ /^tab:/ ? "table" : "figure"
		sub(/^[a-z]*:/, "", name)
		v = slurp(tmp "/title-" kind "-" name)
		out = out substr(s, 1, at - 1) "“" (v == "" ? name : v) "”"
		s = substr(s, at + 6 + length(name) + 4)
	}
	return out s
}

function inline(s) {
	s = with_references(s)
	s = replaced(s, "texttt", "`", "`")
	s = replaced(s, "emph", "*", "*")
	gsub(/~/, " ", s)
	gsub(/{}/, "", s)
	gsub(/\\_/, "_", s)
	gsub(/\\&/, "\\&", s)
	gsub(/\\%/, "%", s)
	gsub(/\\#/, "#", s)
	return with_values(s)
}

function flush() {
	gsub(/  +/, " ", paragraph)
	sub(/^ /, "", paragraph)
	if (paragraph != "")
		print inline(paragraph) (in_list ? "" : "\n")
	paragraph = ""
}

# What stands in the place of what the run has no data for.
function put_missing(what, says) {
	says = slurp(tmp "/says-" what)
	gsub(/\n/, " ", says)
	put("*" slurp(tmp "/title-" what) "*: " (says != "" ? escaped(says) : \
		"left out, for this run has no data for it" \
		escaped(slurp(tmp "/needs-" what)) "."))
}

function put_table(name, title, rows, says) {
	title = slurp(tmp "/title-table-" name)
	rows = slurp(made "/" name ".md")
	if (title == "")
		return
	if (rows == "") {
		put_missing("table-" name)
		return
	}
	put("**" title "**")
	put(rows)
	put(escaped(slurp(tmp "/note-table-" name)))
	says = escaped(slurp(tmp "/says-table-" name))
	gsub(/\n/, "\n\n", says)
	put(says)
}

function put_figure(name, title, says) {
	title = slurp(tmp "/title-figure-" name)
	if (title == "")
		return
	if (slurp(made "/" name ".svg") == "") {
		put_missing("figure-" name)
		return
	}
	says = slurp(tmp "/says-" name)
	gsub(/\n/, " ", says)
	put("![" title "](generated/" name ".svg)")
	put(title ". " escaped(says))
}

function command_of(line) {
	return match(line, /^\\[a-z]+/) ? substr(line, 2, RLENGTH - 1) : ""
}

{
	sub(/^[ \t]+/, "")
}

/^%/ { next }

!in_document {
	if (command_of($0) ~ /^(title|author|date)$/) {
		what = command_of($0)
		head[what] = argument($0, length(what) + 1)
	}
	if (/^\\begin{document}/) {
		in_document = 1
		put("# " inline(head["title"]))
		put(inline(head["author"]))
		put(inline(head["date"]))
	}
	next
}

/^$/ {
	flush()
	next
}

{
	what = command_of($0)
	name = what == "" ? "" : argument($0, length(what) + 1)
}

what == "section" || what == "subsection" {
	flush()
	put((what == "section" ? "## " : "### ") inline(name))
	next
}

what == "fmsays" {
	flush()
	text = escaped(slurp(tmp "/says-" name))
	gsub(/\n/, "\n\n", text)
	put(text)
	next
}

what == "fmtable" {
	flush()
	put_table(name)
	next
}

what == "fmfigure" {
	flush()
	put_figure(name)
	next
}

what == "begin" {
	flush()
	in_list = name
	item = 0
	next
}

what == "end" {
	flush()
	if (name != "document")
		print ""
	in_list = ""
	next
}

what == "item" {
	flush()
	sub(/^\\item */, "")
	paragraph = (in_list == "enumerate" ? ++item "." : "-") " " $0
	next
}

what == "maketitle" { next }

{ paragraph = paragraph " " $0 }

END { flush() }
