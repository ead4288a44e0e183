# SPDX-License-Identifier: GPL-3.0-or-later
# A line a strategy; series 0 are the crossings.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
all = ARGC > 5 ? ARG6 : ARG1
load "style.gp"
stats data using (column("series")) name "S" nooutput
line(x) = column("series") > 0 ? x : NaN
stats all using (line(column("hi"))) name "HI" nooutput
stats data using (column("late")) name "LATE" nooutput
stats data using (column("series") == 0 ? 1 : 0) name "CROSS" nooutput
array label[S_max]
array colour[S_max]
array shape[S_max]
stats data using (k = int(column("series")), k > 0 ? \
	(label[k] = stringcolumn("label"), colour[k] = int(column("colour")), \
	shape[k] = int(column("shape")), what = stringcolumn("what"), k) : 0) \
	nooutput

key_rows = ceil(S_max / 2.0)
above = 20 * key_rows + 16
body = 230
late = LATE_max > 0
note = "Of ".what.". Open circles: two lines cross."
load "frame.gp"
scale = HI_max < 1e6 ? 1e3 : 1e6
set xrange [-4 : 104]
set yrange [0 : 1.06 * HI_max / scale]
set xtics 0,25,100
set xlabel "pages that the child writes (%)"
set label 6 "the child's whole life (wait, ".(scale == 1e3 ? "µs" : "ms").")" \
	at screen across(12),down(top + above + body / 2) \
	center rotate by 90 font small
set key at screen across(10),down(top) left top vertical maxrows key_rows \
	Left reverse samplen 2.5 spacing 1.1
only(i, x) = column("series") == i ? x : NaN
# Names of crossings stand above and below in turn.
crossing(odd, x) = column("series") == 0 && \
	int(column("shape")) % 2 == odd ? x : NaN
apart(i) = 0.6 * (i - (S_max + 1) / 2.0)
plot for [i = 1:S_max] data \
	using (only(i, column("percent") + apart(i))):(column("ns") / scale) \
	with lines dashtype i linecolor rgb colour[i], \
     for [i = 1:S_max] data \
	using (only(i, column("percent") + apart(i))):(column("ns") / scale): \
	(column("lo") / scale):(column("hi") / scale) \
	with yerrorbars pointtype -1 linecolor rgb colour[i], \
     for [i = 1:S_max] data \
	using (only(i, column("percent") + apart(i))):(column("ns") / scale) \
	with points pointtype shape[i] pointsize 0.7 linecolor rgb colour[i], \
     data using (only(0, column("percent"))):(column("ns") / scale) \
	with points pointtype 6 pointsize 1.7 linewidth 1.5 linecolor rgb ink, \
     for [i = 1:CROSS_max] data using (crossing(1, column("percent"))): \
	(column("ns") / scale):(stringcolumn("label")) \
	with labels right offset character -0.8,0.9 font small, \
     for [i = 1:CROSS_max] data using (crossing(0, column("percent"))): \
	(column("ns") / scale):(stringcolumn("label")) \
	with labels left offset character 0.8,-0.9 font small, \
     for [i = 1:S_max] keyentry with linespoints pointtype shape[i] \
	pointsize 0.7 dashtype i linecolor rgb colour[i] title label[i]
