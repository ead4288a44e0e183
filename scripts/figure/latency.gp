# SPDX-License-Identifier: GPL-3.0-or-later
# A row a strategy, a panel for what the child does; a mark each for spawn,
# start and wait.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
all = ARGC > 5 ? ARG6 : ARG1
load "style.gp"
marks_a_row = 2
load "rows.gp"
stats data using (column("panel")) name "P" nooutput
stats all using (column("lo")) name "LO" nooutput
stats all using (column("hi")) name "HI" nooutput
stats data using (column("late")) name "LATE" nooutput
array panel[P_max]
seen = ""
stats data using (k = int(column("panel")), panel[k] = stringcolumn("child"), \
	seen = seen." ".stringcolumn("workload"), k) nooutput
late = LATE_max > 0
legends = 3
array legend[3] = ["call returned (spawn)", "child runs (start)", "child reaped (wait)"]
array workload[3] = ["spawn", "start", "wait"]
array mark[3] = [7, 9, 5]
array grey[3] = [dim, dim, dim]
do for [i = 1:3] {
	if (strstrt(seen, workload[i]) == 0) { legend[i] = ""; mark[i] = -1 }
}
legend_columns = 2
above = 36 + 20
load "frame.gp"
load "legend.gp"
gap = 22
each = (width - right - left - gap * (P_max - 1)) / P_max
logs = HI_max > 20 * LO_min
if (logs) {
	least = LO_min; most = HI_max; span = each
	load "log-x.gp"
} else {
	set xrange [0 : 1.05 * HI_max]
	step = nice(1.05 * HI_max * 52.0 / each)
	set xtics ()
	do for [i = 0 : int(1.05 * HI_max / step)] {
		set xtics add (i == 0 ? "0" : tell(i * step) i * step)
	}
}
set label 6 "time from the call".(logs ? " (log scale)" : "") at screen \
	across((left + width - right) / 2),down(top + above + body + 40) \
	center font small
only(i, x) = stringcolumn("workload") eq workload[i] && \
	column("panel") == p ? x : NaN
at(i) = column("y") + 0.2 * (i - 2)
set multiplot
do for [p = 1:P_max] {
	set lmargin at screen across(left + (p - 1) * (each + gap))
	set rmargin at screen across(left + (p - 1) * (each + gap) + each)
	set label 8 "child: ".panel[p] at graph 0.5,1 center font small \
		offset character 0,0.6
	if (p > 1) {
		set ytics ()
		do for [i = 1:rows] { set ytics add ("" i) }
		do for [i = 1:23] { if (i != 8) { unset label i } }
	}
	plot for [i = 1:3] data using (only(i, column("ns"))):(at(i)): \
		(column("lo")):(column("hi")):(column("colour")) \
		with xerrorbars pointtype -1 linecolor rgb variable, \
	     for [i = 1:3] data using (only(i, column("ns"))):(at(i)): \
		(column("colour")) \
		with points pointtype mark[i] pointsize 0.6 linecolor rgb variable
}
unset multiplot
