# SPDX-License-Identifier: GPL-3.0-or-later
# A bar a point, cut into the classes of kernel functions, in the key's order.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
set datafile separator "\t"
set datafile columnheaders
stats data using (column("y")) name "Y" nooutput
stats data using (column("series")) name "S" nooutput
array label[Y_max]
array name[S_max]
array samples[Y_max]
do for [i = 1:S_max] { name[i] = "" }
longest = 8
stats data using (k = int(column("y")), label[k] = stringcolumn("label"), \
	samples[k] = stringcolumn("n"), \
	longest = longest > strlen(label[k]) ? longest : strlen(label[k]), \
	name[int(column("series"))] = stringcolumn("name"), k) nooutput

width = 800
keyrows = (S_max + 2) / 3
top = 92 + 20 * keyrows
height = 98 + top + 40 * Y_max
note = "Self: shares of the samples inside the timed intervals; numbers in %. Intervals: the table of that name."
load "style.gp"
left = 14.0
set lmargin at screen across(left)
set rmargin at screen across(width - 110)
set tmargin at screen down(top)
set bmargin at screen down(height - 85)
set xrange [0 : 100]
set yrange [Y_max + 0.55 : 0.35]
set xtics 0,20,100
unset ytics
set border 1
set grid xtics noytics
set xlabel "share of the measured time (%)"
set style fill solid 1.0 border rgb 0xFFFFFF
# Okabe and Ito's; the last one is the rest.
array colour[9] = [0x0072B2, 0xE69F00, 0x009E73, 0xCC79A7, 0x56B4E9, 0xD55E00, \
	0xF0E442, 0x999999, 0xDDDDDD]
array ink[9] = [0xFFFFFF, 0x000000, 0xFFFFFF, 0x000000, 0x000000, 0xFFFFFF, \
	0x000000, 0x000000, 0x000000]
set key at screen across(left),down(80) left top vertical \
	maxrows keyrows Left reverse samplen 1.2 spacing 1.15 width 2
do for [i = 1:Y_max] {
	set label 100 + i label[i] at first 0,first (i - 0.33) left font small
	set label 300 + i samples[i] at first 101,first (i + 0.1) left font small \
		textcolor rgb 0x444444
}
only(i, x) = column("series") == i ? x : NaN
plot for [i = 1:S_max] data \
	using (only(i, column("lo"))):(column("y") + 0.1): \
	(column("lo")):(column("hi")):(column("y") - 0.16): \
	(column("y") + 0.36) \
	with boxxyerror linecolor rgb colour[i], \
     for [i = 1:S_max] data \
	using (only(i, (column("lo") + column("hi")) / 2)): \
	(column("y") + 0.1):(stringcolumn("says")) \
	with labels center font small textcolor rgb ink[i], \
     for [i = 1:S_max] keyentry with boxes linecolor rgb colour[i] \
	title name[i]
