# SPDX-License-Identifier: GPL-3.0-or-later
# A row a strategy and child: how many samples of spawn, start and wait took how
# long, by the logarithm of the time, and the medians with their intervals.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
all = ARGC > 5 ? ARG6 : ARG1
load "style.gp"
marks_a_row = 2
load "rows.gp"
stats all using (column("from")) name "LO" nooutput
stats all using (column("p99")) name "P99" nooutput
stats data using (column("late")) name "LATE" nooutput
array most[rows]
do for [i = 1:rows] { most[i] = 0 }
stats data using (k = int(column("y")), \
	most[k] = column("most") > most[k] ? column("most") : most[k], k) nooutput
late = LATE_max > 0
legends = 3
array legend[3] = ["call returned (spawn)", "child runs (start)", "child reaped (wait)"]
array workload[3] = ["spawn", "start", "wait"]
array mark[3] = [7, 9, 5]
array grey[3] = [dim, dim, dim]
seen = ""
stats data using (seen = seen." ".stringcolumn("workload"), 1) nooutput
do for [i = 1:3] {
	if (strstrt(seen, workload[i]) == 0) { legend[i] = ""; mark[i] = -1 }
}
legend_columns = 2
right = 62
above = 36 + 22
bars = "Marks: medians, with 95 % intervals."
note = "Hills: samples by the logarithm of their time. The axis ends at the largest 99 % quantile; at the right stands the longest sample."
load "frame.gp"
load "legend.gp"
set label 5 "longest" at screen across(width - right + 8),down(top + above - 8) \
	left font small textcolor rgb dim
least = 0.93 * LO_min
edge = 1.07 * P99_max
span = width - left - right
set logscale x 10
set xrange [least : edge]
wanted = log10(edge / least) * 100 > span ? "1" : \
	log10(edge / least) * 160 > span ? "1 3" : "1 2 5"
set xtics ()
do for [e = decade_below(least) : decade_above(edge)] {
	do for [m = 1:9] { set xtics add ("" m * 10.0**e 1) }
	do for [m in wanted] { set xtics add (tell(m * 10.0**e) m * 10.0**e) }
}
set xlabel "time from the call (log scale)"
step(i, x) = column("step") == i ? x : NaN
high(share) = 0.8 * (share > 0.04 ? share : 0.04)
told(ns) = ns < 999.5e3 ? sprintf("%.3g µs", ns / 1e3) : \
	ns < 999.5e6 ? sprintf("%.3g ms", ns / 1e6) : sprintf("%.3g s", ns / 1e9)
do for [i = 1:rows] {
	set label 100 + i told(most[i]) at graph 1, first i left font small \
		offset character 0.8,0 textcolor rgb dim
}
floor_of(y) = y + 0.36
plot for [i = 1:3] data using (step(i, column("from"))):(column("y")): \
	(column("from")):(column("until")): \
	(floor_of(column("y")) - high(column("share"))): \
	(floor_of(column("y"))):(column("colour")) \
	with boxxyerror fillstyle transparent solid 0.45 noborder \
	fillcolor rgb variable, \
     for [i = 1:3] data using (step(i, column("ns"))):(floor_of(column("y"))): \
	(column("lo")):(column("hi")) \
	with xerrorbars pointtype -1 linewidth 0.8 linecolor rgb ink, \
     for [i = 1:3] data using (step(i, column("ns"))):(floor_of(column("y"))) \
	with points pointtype mark[i] pointsize 0.5 linecolor rgb ink
