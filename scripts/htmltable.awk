# SPDX-License-Identifier: GPL-3.0-or-later
# Makes a whole table of the rows that sqlite3 prints in its html mode.
# Usage: awk -f htmltable.awk ROWS, with the caption, escaped, in title.
BEGIN {
	print "<div class=\"wide\" tabindex=\"0\"><table>"
	print "<caption>" ENVIRON["title"] "</caption>"
	print "<thead>"
}

{
	gsub(/<TR>/, "<tr>")
	gsub(/<TH>/, "<th scope=\"col\">")
	gsub(/<\/TH>/, "</th>")
	gsub(/<TD>-?[0-9]/, "<td class=\"n\">&")
	gsub(/"n"><TD>/, "\"n\">")
	if (length($0) > 48) # a text, not a name
		gsub(/<TD>/, "<td class=\"t\">")
	gsub(/<TD>/, "<td>")
	gsub(/<\/TD>/, "</td>")
}

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
