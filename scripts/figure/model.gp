# SPDX-License-Identifier: GPL-3.0-or-later
# A mark a pair of counts, as large as many points have it; the diagonal is where
# the model is right. A count of 0 stands half a decade below 1.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
all = ARGC > 5 ? ARG6 : ARG1
load "style.gp"
stats data using (column("kind")) name "K" nooutput
place(x) = x > 0 ? log10(x) : -0.5
stats all using (place(column("model"))) name "X" nooutput
stats all using (place(column("measured"))) name "Y" nooutput
stats data using (column("nth")) name "OFF" nooutput
stats data using (column("points")) name "POINTS" nooutput
offs = OFF_max < 6 ? int(OFF_max) : 6
array says[7]
array x_of[7]
array y_of[7]
do for [i = 1:7] { says[i] = "" }
stats data using (k = int(column("nth")), k > 0 && k < 7 ? \
	(says[k] = sprintf("%d: %s", k, stringcolumn("labels")), \
	x_of[k] = place(column("model")), y_of[k] = place(column("measured")), \
	k) : 0) nooutput
stats data using (total = column("total"), agree = column("agree"), 1) nooutput
array legend[2] = ["faults of a sample", "pages copied or cleared"]
array mark[2] = [6, 4]
array grey[2] = [blue, red]
legends = 2
legend_columns = 2
above = 18 + 12
body = 250
left = 70.0
right = 80
bars = ""
note = sprintf("At %d of %d counts the model is right. Larger marks: more points.", agree, total)
do for [i = 1:offs] { note = note."\n".wrap(says[i], 60) }
load "frame.gp"
load "legend.gp"
low = X_min < Y_min ? X_min : Y_min
high = X_max > Y_max ? X_max : Y_max
set xrange [low - 0.3 : high + 0.3]
set yrange [low - 0.3 : high + 0.3]
set xtics ()
set ytics ()
if (low < 0) {
	set xtics add ("0" -0.5)
	set ytics add ("0" -0.5)
}
do for [e = 0 : ceil(high)] {
	set xtics add (sprintf("%g", 10.0**e) e)
	set ytics add (sprintf("%g", 10.0**e) e)
}
set xlabel "the model's count (log scale)"
set label 6 "measured (log scale)" at screen across(12), \
	down(top + above + body / 2) center rotate by 90 font small
size(n) = 0.6 + 0.9 * sqrt(n / (1.0 * POINTS_max))
kind(i, x) = column("kind") == i ? x : NaN
# No plot with labels: gnuplot 5.4 does not survive one without any.
do for [i = 1:offs] {
	set label 40 + i sprintf("%d", i) at x_of[i],y_of[i] left font small \
		offset character 0.9,0
}
plot x with lines dashtype 3 linecolor rgb dim, \
     for [i = 1:2] data using (kind(i, place(column("model")))): \
	(place(column("measured"))):(size(column("points"))) \
	with points pointtype mark[i] pointsize variable linewidth 1.4 \
	linecolor rgb grey[i]
