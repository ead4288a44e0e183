# SPDX-License-Identifier: GPL-3.0-or-later
# latex(text): as LaTeX sets it, for -f beside a program that calls it. What
# pdflatex knows of Unicode passes; of other characters the code point is told,
# for a document that does not compile is worse.
BEGIN {
	for (latex_i = 128; latex_i < 256; latex_i++)
		latex_byte[sprintf("%c", latex_i)] = latex_i
	# Of T1's letters those behind Latin 1.
	latex_letters = "ĂăĄąĆćČčĎďĐđĘęĚěĞğĹĺĽľŁłŃńŇňŊŋŐőŒœŔŕŘřŚśŠšŞşŢţŤťŮůŰűŸŹźŻżŽž"
	latex_as["\\"] = "\\textbackslash{}"
	latex_as["~"] = "\\textasciitilde{}"
	latex_as["^"] = "\\textasciicircum{}"
	latex_as["<"] = "\\textless{}"
	latex_as[">"] = "\\textgreater{}"
	latex_as["|"] = "\\textbar{}"
	latex_as["\""] = "\\textquotedbl{}"
	latex_as["`"] = "\\textasciigrave{}"
	latex_as["\t"] = latex_as["\n"] = latex_as["\r"] = " "
	# At a row's beginning these would be read as options of the row before.
	latex_as["["] = "{[}"
	latex_as["*"] = "{*}"
	latex_as["µ"] = "\\textmu{}"
	latex_as["…"] = "\\,--\\,"
	latex_as["†"] = "\\textdagger{}"
	latex_as["‡"] = "\\textdaggerdbl{}"
	latex_as["×"] = "\\texttimes{}"
	latex_as["−"] = "$-$"
	latex_as["±"] = "\\textpm{}"
	latex_as["·"] = "\\textperiodcentered{}"
	latex_as["–"] = "--"
	latex_as["—"] = "---"
	latex_as["‘"] = "`"
	latex_as["’"] = "'"
	latex_as["“"] = "``"
	latex_as["”"] = "''"
	latex_as["°"] = "\\textdegree{}"
	latex_as["→"] = "$\\rightarrow$"
	latex_as["≤"] = "$\\le$"
	latex_as["≥"] = "$\\ge$"
}

# Bytes of the character that s begins with; in latex_point its code point.
function latex_length(s, c, n, i, one) {
	c = latex_byte[substr(s, 1, 1)] + 0
	n = c < 194 ? 1 : c < 224 ? 2 : c < 240 ? 3 : c < 245 ? 4 : 1
	latex_point = n == 1 ? c : c - (n == 2 ? 192 : n == 3 ? 224 : 240)
	for (i = 2; i <= n; i++) {
		one = latex_byte[substr(s, i, 1)] + 0
		if (one < 128 || one > 191) {
			latex_point = c
			return 1
		}
		latex_point = 64 * latex_point + one - 128
	}
	return n
}

function latex(s, out, c, n) {
	while (s != "") {
		n = latex_length(s)
		c = substr(s, 1, n)
		s = substr(s, n + 1)
		if ((c == "-" || c == "'") && substr(s, 1, 1) == c)
			c = c "{}" # an option's hyphens, and no dash
		else if (c in latex_as)
			c = latex_as[c]
		else if (c ~ /^[&%$#_{}]$/)
			c = "\\" c
		else if (c < " " || c == "\177")
			c = ""
		else if (latex_point >= 128 && (n == 1 || latex_point < 192 ||
				(latex_point > 255 && !index(latex_letters, c))))
			c = sprintf("U+%04X", latex_point)
		out = out c
	}
	return out
}
