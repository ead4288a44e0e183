# SPDX-License-Identifier: GPL-3.0-or-later
# Makes a whole table of the rows that sqlite3 prints in its html mode.
# Usage: awk -f htmltable.awk [-v pictures=FILE] ROWS, with the caption, escaped,
# in title. A column "X href" becomes a link around the cell before it, and one
# named "picture" what FILE has, behind a tab, for what stands in the cell.
BEGIN {
	print "<div class=\"wide\" tabindex=\"0\"><table>"
	print "<caption>" ENVIRON["title"] "</caption>"
	print "<thead>"
	while (pictures != "" && (getline line < pictures) > 0)
		picture[substr(line, 1, index(line, "\t") - 1)] = \
			substr(line, index(line, "\t") + 1)
	for (i = 1; i < 256; i++)
		code[sprintf("%c", i)] = sprintf("%%%02X", i)
}

# A path as an address: not even its colon is one's.
function address(s, out, i, c) {
	if (s ~ /^#/)
		return s
	gsub(/&lt;/, "<", s)
	gsub(/&gt;/, ">", s)
	gsub(/&quot;/, "\"", s)
	gsub(/&#39;/, "'", s)
	gsub(/&amp;/, "\\&", s)
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		out = out (c ~ /[A-Za-z0-9._~\/-]/ ? c : code[c])
	}
	return out
}

function content(line) {
	sub(/^(<tr>)?<t[hd][^>]*>/, "", line)
	sub(/<\/t[hd]>$/, "", line)
	return line
}

function around(line, before, after, inside) {
	inside = content(line)
	return substr(line, 1, index(line, inside "</t") - 1) before inside after \
		substr(line, index(line, inside "</t") + length(inside))
}

function flush() {
	if (held != "")
		print held
	held = ""
}

{
	gsub(/<TR>/, "<tr>")
	gsub(/<TH>/, "<th scope=\"col\">")
	gsub(/<\/TH>/, "</th>")
	gsub(/<TD>[-+]?[0-9]/, "<td class=\"n\">&")
	gsub(/"n"><TD>/, "\"n\">")
	if (length($0) > 48) # a text, not a name
		gsub(/<TD>/, "<td class=\"t\">")
	gsub(/<TD>/, "<td>")
	gsub(/<\/TD>/, "</td>")
}

/^<tr>/ {
	column = 0
}

/^(<tr>)?<t[hd]/ {
	column++
	inside = content($0)
	if (!body && inside ~ / href$/) {
		link[column]
		next
	}
	if (!body && inside == "picture") {
		shown[column]
		sub(/picture/, ENVIRON["picture"])
	}
	if (body && (column in link)) {
		if (inside != "")
			held = around(held, "<a href=\"" address(inside) "\">", "</a>")
		next
	}
	if (body && (column in shown))
		$0 = "<td class=\"picture\">" picture[inside] "</td>"
	flush()
	held = $0
	next
}

{ flush() }

sub(/<\/TR>/, "</tr>") && !body {
	body = 1
	print $0 "</thead>"
	print "<tbody>"
	next
}

{ print }

END {
	print "</tbody>"
	print "</table></div>"
}
