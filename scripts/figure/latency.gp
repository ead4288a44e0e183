# SPDX-License-Identifier: GPL-3.0-or-later
# One row a strategy, a panel for what the child does; a mark each for spawn,
# start and wait.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
set datafile separator "\t"
set datafile columnheaders
stats data using (column("y")) name "Y" nooutput
stats data using (column("panel")) name "P" nooutput
stats data using (column("lo")) name "LO" nooutput
stats data using (column("hi")) name "HI" nooutput
stats data using (column("late")) name "LATE" nooutput
array label[Y_max]
array panel[P_max]
longest = strlen("strategy")
seen = ""
stats data using (k = int(column("y")), label[k] = stringcolumn("label"), \
	panel[int(column("panel"))] = stringcolumn("child"), \
	longest = longest > strlen(label[k]) ? longest : strlen(label[k]), \
	seen = seen." ".stringcolumn("workload"), k) nooutput

width = 800
height = 240 + 30 * Y_max
late = LATE_max > 0
load "style.gp"
left = 30 + em * longest
gap = 54
each = (width - 30 - left - gap * (P_max - 1)) / P_max
set tmargin at screen down(140)
set bmargin at screen down(height - 100)
set yrange [Y_max + 0.6 : 0.4]
set grid xtics ytics

logs = HI_max > 50 * LO_min
if (logs) {
	set logscale x
	set xrange [10.0 ** decade_below(LO_min) : 10.0 ** decade_above(HI_max)]
} else {
	set xrange [0 : 1.05 * HI_max]
}
set label 6 "time from the call (µs".(logs ? ", log scale)" : ")") at screen \
	across((left + width - 30) / 2),down(height - 56) center
set label 7 "strategy" at screen across(left - 14),down(122) right

intervals = "spawn start wait"
marks = "7 9 5"
says = "'call returned (spawn)' 'child runs (start)' 'child reaped (wait)'"
mark(i) = int(word(marks, i))
do for [i = 1:3] {
	if (strstrt(seen, word(intervals, i)) == 0) { continue }
	set label 10 + i word(says, i) at screen across(left + 10 + (i - 1) * \
		(width - left) / 3.0), down(96) left offset character 1,-0.15 \
		point pointtype mark(i) pointsize 0.9 linecolor rgb 0x333333
}
only(i, x) = stringcolumn("workload") eq word(intervals, i) && \
	column("panel") == p ? x : NaN
at(i) = column("y") + 0.2 * (i - 2)
set multiplot
do for [p = 1:P_max] {
	set lmargin at screen across(left + (p - 1) * (each + gap))
	set rmargin at screen across(left + (p - 1) * (each + gap) + each)
	set label 8 "child: ".panel[p] at graph 0.5,1 center \
		offset character 0,0.6
	set ytics ()
	do for [i = 1:Y_max] { set ytics add ((p == 1 ? label[i] : "") i) }
	if (p > 1) {
		do for [i = 1:13] { if (i != 8) { unset label i } }
	}
	plot for [i = 1:3] data using (only(i, column("us"))):(at(i)): \
		(column("lo")):(column("hi")):(column("colour")) \
		with xerrorbars pointtype -1 linecolor rgb variable, \
	     for [i = 1:3] data using (only(i, column("us"))):(at(i)): \
		(column("colour")) \
		with points pointtype mark(i) pointsize 0.75 linecolor rgb variable
}
unset multiplot
