# SPDX-License-Identifier: GPL-3.0-or-later
# A line a strategy; series 0 are the crossings.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
set datafile separator "\t"
set datafile columnheaders
stats data using (column("series")) name "S" nooutput
line(x) = column("series") > 0 ? x : NaN
stats data using (line(column("lo"))) name "LO" nooutput
stats data using (line(column("hi"))) name "HI" nooutput
stats data using (column("late")) name "LATE" nooutput
array label[S_max]
array colour[S_max]
array shape[S_max]
stats data using (k = int(column("series")), k > 0 ? \
	(label[k] = stringcolumn("label"), colour[k] = int(column("colour")), \
	shape[k] = int(column("shape")), what = stringcolumn("what"), k) : 0) \
	nooutput

width = 800
top = 100 + 24 * S_max
height = 400 + top
late = LATE_max > 0
load "style.gp"
set label 4 bars." Open circles: two lines cross."
scale = HI_max < 1e6 ? 1e3 : 1e6
left = 98.0
set lmargin at screen across(left)
set rmargin at screen across(width - 40)
set tmargin at screen down(top)
set bmargin at screen down(height - 110)
set xrange [-4 : 104]
set yrange [0 : 1.06 * HI_max / scale]
set xtics 0,25,100
set xlabel "pages that the child writes (%)"
set label 6 "the child's whole life (wait, ".(scale == 1e3 ? "µs" : "ms").")" \
	at screen across(24),down((top + height - 110) / 2) \
	center rotate by 90
set label 7 what at graph 0.99,0.05 right textcolor rgb 0x444444
set key at screen across(left),down(82) left top vertical maxrows S_max Left \
	reverse samplen 3 spacing 1.15
only(i, x) = column("series") == i ? x : NaN
apart(i) = 0.5 * (i - (S_max + 1) / 2.0)
plot for [i = 1:S_max] data \
	using (only(i, column("percent") + apart(i))):(column("ns") / scale) \
	with lines dashtype i linecolor rgb colour[i], \
     for [i = 1:S_max] data \
	using (only(i, column("percent") + apart(i))):(column("ns") / scale): \
	(column("lo") / scale):(column("hi") / scale) \
	with yerrorbars pointtype -1 linecolor rgb colour[i], \
     for [i = 1:S_max] data \
	using (only(i, column("percent") + apart(i))):(column("ns") / scale) \
	with points pointtype shape[i] pointsize 0.9 linecolor rgb colour[i], \
     data using (only(0, column("percent"))):(column("ns") / scale) \
	with points pointtype 6 pointsize 2 linewidth 1.5 linecolor rgb 0x000000, \
     data using (only(0, column("percent"))):(column("ns") / scale): \
	(stringcolumn("label")) with labels right offset character -1,1, \
     for [i = 1:S_max] keyentry with linespoints pointtype shape[i] \
	dashtype i linecolor rgb colour[i] title label[i]
