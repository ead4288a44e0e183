# SPDX-License-Identifier: GPL-3.0-or-later
# Gives gnuplot's SVG a text alternative, and names that stay unique when
# several stand in one page. Usage: awk -v name=NAME -f svg.awk IN.svg, with
# title and says in the environment, both escaped already.
/^<svg/ && !begun {
	begun = 1
	print "<svg role=\"img\" aria-labelledby=\"" name "-title " name "-desc\""
	next
}

/<title>/ && !titled {
	titled = 1
	print "<title id=\"" name "-title\">" ENVIRON["title"] "</title>"
	next
}

/<desc>/ {
	print "<desc id=\"" name "-desc\">" ENVIRON["says"] "</desc>"
	next
}

{
	gsub(/<title>[^<]*<\/title>/, "")
	gsub(/id='/, "&" name "-")
	gsub(/id="/, "&" name "-")
	gsub(/font-family="sans-serif:Bold"/,
		"font-family=\"sans-serif\" font-weight=\"bold\"")
	gsub(/(href='|url\()#/, "&" name "-")
	print
}
