# SPDX-License-Identifier: GPL-3.0-or-later
# A line a kind of fault: the rate of all threads together, by one thread's.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
all = ARGC > 5 ? ARG6 : ARG1
load "style.gp"
stats data using (column("series")) name "S" nooutput
stats all using (column("threads")) name "X" nooutput
stats all using (column("hi")) name "HI" nooutput
stats data using (column("cpus")) name "CPUS" nooutput
array label[S_max]
stats data using (label[int(column("series"))] = stringcolumn("label"), \
	size = stringcolumn("size"), 1) nooutput
array shape[6] = [7, 5, 9, 13, 11, 15]
array hue[4] = [blue, red, green, pink]
above = 20 * (S_max + 1) + 14
body = 220
left = 56.0
note = "Each touched ".size.". Where the run has too few rounds, there is no bar."
bars = "Bars: 95 % intervals of the ratio, paired by round."
load "frame.gp"
set key at screen across(10),down(top) left top vertical maxrows (S_max + 1) \
	Left reverse samplen 3 spacing 1.1
most = HI_max > X_max ? (HI_max < CPUS_max ? CPUS_max : HI_max) : HI_max
set xrange [0.8 : X_max + 0.3]
set yrange [0 : 1.08 * (most > 1 ? most : 1)]
set xtics 1
set xlabel "threads"
set label 6 "faults a second, by one thread's" at screen across(12), \
	down(top + above + body / 2) center rotate by 90 font small
only(i, x) = column("series") == i ? x : NaN
apart(i) = 0.03 * (i - (S_max + 1) / 2.0)
dash(i) = (i - 1) % 5 + 1
ideal(x) = x < CPUS_max ? x : CPUS_max
plot ideal(x) with lines dashtype 3 linecolor rgb dim \
	title "as many times as there are processors for them", \
     for [i = 1:S_max] data \
	using (only(i, column("threads") + apart(i))):(column("speedup")) \
	with lines dashtype dash(i) linecolor rgb hue[(i - 1) % 4 + 1], \
     for [i = 1:S_max] data \
	using (only(i, column("threads") + apart(i))):(column("speedup")): \
	(column("lo")):(column("hi")) \
	with yerrorbars pointtype -1 linecolor rgb hue[(i - 1) % 4 + 1], \
     for [i = 1:S_max] data \
	using (only(i, column("threads") + apart(i))):(column("speedup")) \
	with points pointtype shape[(i - 1) % 6 + 1] pointsize 0.8 \
	linecolor rgb hue[(i - 1) % 4 + 1], \
     for [i = 1:S_max] keyentry with linespoints \
	pointtype shape[(i - 1) % 6 + 1] pointsize 0.8 \
	dashtype dash(i) linecolor rgb hue[(i - 1) % 4 + 1] title label[i]
