# SPDX-License-Identifier: GPL-3.0-or-later
# One row a process: its factor to the baseline, and the time at the right. Run
# by scripts/study, in the folder figure, as figures of a report are.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
set datafile separator "\t"
set datafile columnheaders
stats data using (column("y")) name "Y" nooutput
stats data using (column("lo")) name "LO" nooutput
stats data using (column("hi")) name "HI" nooutput
array label[Y_max]
do for [i = 1:Y_max] { label[i] = "" }
longest = 8
first = 0
stats data using (k = int(column("y")), label[k] = stringcolumn("label"), \
	first = column("exec") > 0 && first == 0 ? k : first, \
	longest = longest > strlen(label[k]) ? longest : strlen(label[k]), \
	k) nooutput

width = 800
height = 205 + 26 * Y_max
note = "Bars: 95 % intervals over rounds of the factor, paired by round (none below 3 rounds)."
load "style.gp"
left = 20 + 7.6 * longest
right = width - 92
set lmargin at screen across(left)
set rmargin at screen across(right)
set tmargin at screen down(118)
set bmargin at screen down(height - 82)
set logscale x 10
low = LO_min < 0.95 ? 0.95 * LO_min : 0.92
high = HI_max > 2 ? 1.1 * HI_max : 2.1
set xrange [low : high]
set yrange [Y_max + 0.6 : 0.4]
set xtics ()
marks = high > 8 ? "0.5 0.7 1 1.5 2 3 5 7 10 20 30 50 100 200 500" : \
	high > 3.5 ? "0.5 0.7 0.8 0.9 1 1.2 1.5 2 2.5 3 4 5 6 7" : \
	"0.5 0.6 0.7 0.8 0.9 1 1.1 1.2 1.3 1.4 1.5 1.75 2 2.5 3"
do for [mark in marks] {
	if (real(mark) >= low && real(mark) <= high) { set xtics add (mark real(mark)) }
}
set ytics ()
do for [i = 1:Y_max] { if (strlen(label[i])) { set ytics add (label[i] i) } }
set grid xtics ytics
set xlabel "times the baseline (log scale)"
set arrow 1 from 1, graph 0 to 1, graph 1 nohead linewidth 1.2 \
	linecolor rgb 0x555555 back
set label 6 "fork + _exit + waitpid" at screen across(left - 11),down(104) right \
	font "sans-serif:Bold,14"
set label 7 "time" at screen across(right + 12),down(104) left
if (first) {
	set label 8 "with exec (times the first)" at graph 0, first first - 1 \
		right offset character -1.2,0 font "sans-serif:Bold,14"
}
base(x) = column("exec") > 0 ? NaN : x
exec(x) = column("exec") > 0 ? x : NaN
plot data using (column("factor")):(column("y")):(column("lo")): \
	(column("hi")) with xerrorbars pointtype -1 linecolor rgb 0x0072B2, \
     data using (base(column("factor"))):(column("y")) \
	with points pointtype 7 pointsize 0.8 linecolor rgb 0x0072B2, \
     data using (exec(column("factor"))):(column("y")) \
	with points pointtype 5 pointsize 0.8 linecolor rgb 0x0072B2, \
     data using (high):(column("y")):(stringcolumn("says")) \
	with labels left offset character 1,0 textcolor rgb 0x444444
