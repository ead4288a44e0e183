# SPDX-License-Identifier: GPL-3.0-or-later
# A line a kind of touch: the share of them that took at least so long.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
all = ARGC > 5 ? ARG6 : ARG1
load "style.gp"
stats data using (column("series")) name "S" nooutput
stats data using (column("lines")) name "LINES" nooutput
stats all using (column("ns")) name "X" nooutput
stats all using (column("share")) name "Y" nooutput
array label[S_max]
array colour[S_max]
stats data using (k = int(column("series")), \
	label[k] = wrap(stringcolumn("label"), 52), \
	colour[k] = int(column("colour")), k) nooutput

above = 20 * S_max + 12
body = 250
left = 86.0
bars = ""
note = "All touches of all blocks together, in bins of two digits; so without intervals. Both axes are logarithmic."
if (LINES_max > S_max) {
	note = note.sprintf(" Of %d lines the first %d; the table has all.", LINES_max, S_max)
}
load "frame.gp"
least = X_min; most = X_max; span = width - left - right
load "log-x.gp"
bottom = decade_below(Y_min)
bottom = bottom < 0 ? bottom : -1
set logscale y 10
set yrange [10.0 ** bottom : 1]
set ytics ()
do for [e = bottom : 0] {
	set ytics add (sprintf("%g %%%%", 100 * 10.0**e) 10.0**e)
}
set xlabel "time of one touch with its fault"
set label 6 "share that took at least so long" at screen across(12), \
	down(top + above + body / 2) center rotate by 90 font small
set key at screen across(10),down(top) left top vertical maxrows S_max Left \
	reverse samplen 4 spacing 1.1
only(i, x) = column("series") == i ? x : NaN
marks = "7 5 9 11 13 6 4 8 10"
shape(i) = int(word(marks, i))
dash(i) = (i - 1) % 5 + 1
plot for [i = 1:S_max] data using (only(i, column("ns"))):(column("share")) \
	with linespoints dashtype dash(i) pointtype shape(i) \
	pointinterval -12 pointsize 0.6 linecolor rgb colour[i] title label[i]
