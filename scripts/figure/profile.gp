# SPDX-License-Identifier: GPL-3.0-or-later
# A bar a point, cut into the classes of kernel functions, in the key's order.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
all = ARGC > 5 ? ARG6 : ARG1
load "style.gp"
marks_a_row = 2
load "rows.gp"
stats data using (column("series")) name "S" nooutput
S_max = int(S_max)
array name[S_max]
array samples[rows]
do for [i = 1:S_max] { name[i] = "" }
stats data using (k = int(column("y")), samples[k] = stringcolumn("n"), \
	name[int(column("series"))] = stringcolumn("name"), k) nooutput
legends = S_max
legend_columns = 2
legend_rows = (legends + 1) / 2
above = 18 * legend_rows + 14
right = 62
bars = ""
note = "Self: shares of the samples inside the timed intervals, in %; at the ". \
	"right, how many samples. Intervals: the table of that name."
load "frame.gp"
# Okabe and Ito's, with light and dark in turn; the last one is the rest. Letters
# in them are of colours that a dark page does not turn, as it does black and white.
array colour[9] = [0x0072B2, 0xE69F00, 0x009E73, 0xF0E442, 0xD55E00, 0x56B4E9, \
	0x7A3B69, 0xCC79A7, 0xDCDCDC]
array letters[9] = [0xFEFEFE, 0x010101, 0x010101, 0x010101, 0x010101, 0x010101, \
	0xFEFEFE, 0x010101, 0x010101]
do for [i = 1:legends] {
	x = 14 + ((i - 1) / legend_rows) * (width - 20.0) / 2
	y = top + 8 + 18 * ((i - 1) % legend_rows)
	set object 10 + i rectangle from screen across(x - 4),down(y + 6) \
		to screen across(x + 10),down(y - 6) fillstyle solid 1 \
		border linecolor rgb dim linewidth 0.7 fillcolor rgb colour[i]
	set label 20 + i name[i] at screen across(x + 16),down(y) left font small
}
set xrange [0 : 100]
set xtics 0,20,100
set xlabel "share of the measured time (%)"
do for [i = 1:rows] {
	set label 100 + i samples[i] at graph 1, first i left \
		offset character 0.5,0 font small textcolor rgb dim
}
only(i, x) = column("series") == i ? x : NaN
plot for [i = 1:S_max] data \
	using (only(i, (column("lo") + column("hi")) / 2)):(column("y")): \
	(column("lo")):(column("hi")):(column("y") - 0.34):(column("y") + 0.34) \
	with boxxyerror fillstyle solid 1 border linecolor rgb paper \
	linewidth 0.7 fillcolor rgb colour[i], \
     for [i = 1:S_max] data \
	using (only(i, (column("lo") + column("hi")) / 2)):(column("y")): \
	(stringcolumn("says")) \
	with labels center font small textcolor rgb letters[i]
