# SPDX-License-Identifier: GPL-3.0-or-later
# A bar a strategy and child, cut where one event is over and the next begins.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
all = ARGC > 5 ? ARG6 : ARG1
load "style.gp"
broad = 28
load "rows.gp"
stats all using (column("edge")) name "EDGE" nooutput
array whole[rows]
stats data using (k = int(column("y")), whole[k] = column("whole"), k) nooutput
stats data using (column("whole")) name "WHOLE" nooutput
stats data using (column("late")) name "LATE" nooutput
late = LATE_max > 0
legends = 4
array legend[4] = ["the call, where it returns first", "until the child runs", \
	"until its exec is done", "its end and reaping"]
array fill[4] = [0x004C78, 0xB5DAF1, 0xE3874F, 0xFFFFFF]
legend_columns = 2
above = 36 + 18 + 12
bars = "Bars at the ends: 95 % intervals of the event's time (none below 3 blocks)."
note = "Long ticks: the call returned."
if (WHOLE_max > 1.03 * EDGE_max) {
	right = 62
	note = note." Where a bar is longer than the axis, its length stands beside it."
}
load "frame.gp"
do for [i = 1:4] {
	x = 14 + (i - 1) % 2 * (width - 20.0) / 2
	y = top + 8 + 18 * ((i - 1) / 2)
	set object 10 + i rectangle from screen across(x - 4),down(y + 6) \
		to screen across(x + 10),down(y - 6) fillstyle solid 1 \
		border linecolor rgb dim linewidth 0.7 fillcolor rgb fill[i]
	set label 20 + i legend[i] at screen across(x + 16),down(y) left \
		font small
}
set label 30 "call returned (spawn)" at screen across(30),down(top + 44) \
	left font small
set arrow 30 from screen across(17),down(top + 36) to \
	screen across(17),down(top + 52) nohead linewidth 2 linecolor rgb ink
most = EDGE_max
set xrange [0 : 1.03 * most]
step = nice(1.03 * most * 52.0 / (width - left - right))
set xtics ()
do for [i = 0 : int(1.03 * most / step)] {
	set xtics add (i == 0 ? "0" : tell(i * step) i * step)
}
set xlabel "time from the call"
do for [i = 1:rows] {
	if (whole[i] > 1.03 * most) {
		set label 100 + i sprintf("%.3g µs", whole[i] / 1e3) \
			at graph 1, first i left offset character 0.5,0 font small
	}
}
part(i, x) = column("part") == i ? x : NaN
plot for [i = 1:4] data using (part(i, (column("from") + column("until")) / 2)): \
	(column("y")):(column("from")):(column("until")): \
	(column("y") - 0.34):(column("y") + 0.34) with boxxyerror \
	fillstyle solid 1 border linecolor rgb dim linewidth 0.7 \
	fillcolor rgb fill[i], \
     for [i = 2:4] data using (part(i, column("until"))):(column("y")): \
	(column("lo")):(column("hi")) \
	with xerrorbars pointtype -1 linecolor rgb ink, \
     data using (column("returned")):(column("y") + 0.46):(0):(-0.92) \
	with vectors nohead linewidth 2 linecolor rgb ink
