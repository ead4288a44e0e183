# SPDX-License-Identifier: GPL-3.0-or-later
# One row a strategy and child; a mark each for spawn, start and wait.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
set datafile separator "\t"
set datafile columnheaders
stats data using (column("row")) name "ROW" nooutput
stats data using (column("y")) name "Y" nooutput
stats data using (column("lo")) name "LO" nooutput
stats data using (column("hi")) name "HI" nooutput
stats data using (column("late")) name "LATE" nooutput
array label[ROW_max]
array y[ROW_max]
longest = strlen("strategy + child")
seen = ""
stats data using (k = int(column("row")), y[k] = column("y"), \
	label[k] = stringcolumn("label"), \
	longest = longest > strlen(label[k]) ? longest : strlen(label[k]), \
	seen = seen." ".stringcolumn("workload"), k) nooutput

width = 800
height = 225 + 30 * Y_max
late = LATE_max > 0
load "style.gp"
left = 30 + em * longest
set lmargin at screen across(left)
set rmargin at screen across(width - 30)
set tmargin at screen down(120)
set bmargin at screen down(height - 105)
set yrange [Y_max + 0.6 : 0.4]
set ytics ()
do for [i = 1:ROW_max] { set ytics add (label[i] y[i]) }
set grid xtics ytics
set label 6 "strategy + child" at screen across(left - 14),down(101) right
if (HI_max > 50 * LO_min) {
	set logscale x
	set xrange [10.0 ** decade_below(LO_min) : 10.0 ** decade_above(HI_max)]
	set xlabel "time from the call (µs, log scale)"
} else {
	set xrange [0 : *]
	set xlabel "time from the call (µs)"
}

intervals = "spawn start wait"
marks = "7 9 5"
says = "'call returned (spawn)' 'child runs (start)' 'child reaped (wait)'"
mark(i) = int(word(marks, i))
do for [i = 1:3] {
	if (strstrt(seen, word(intervals, i)) == 0) { continue }
	set label 10 + i word(says, i) at screen across(left + 10 + (i - 1) * \
		(width - left) / 3.0), down(103) left offset character 1,-0.15 \
		point pointtype mark(i) pointsize 0.9 linecolor rgb 0x333333
}
only(i, x) = stringcolumn("workload") eq word(intervals, i) ? x : NaN
at(i) = column("y") + 0.2 * (i - 2)
plot for [i = 1:3] data using (only(i, column("us"))):(at(i)): \
	(column("lo")):(column("hi")):(column("colour")) \
	with xerrorbars pointtype -1 linecolor rgb variable, \
     for [i = 1:3] data using (only(i, column("us"))):(at(i)): \
	(column("colour")) \
	with points pointtype mark(i) pointsize 0.75 linecolor rgb variable
