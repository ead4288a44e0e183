# SPDX-License-Identifier: GPL-3.0-or-later
# One row a process: its factor to the baseline, and the time at the right. Run
# by scripts/study, in the folder figure, as figures of a report are.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
load "style.gp"
broad = 30
load "rows.gp"
stats data using (column("lo")) name "LO" nooutput
stats data using (column("hi")) name "HI" nooutput
begins = 0
stats data using (k = int(column("y")), \
	begins = column("exec") > 0 && begins == 0 ? k : begins, k) nooutput
bars = "Bars: 95 % intervals over rounds of the factor, paired by round (none below 3 rounds)."
right = 64
above = 24
load "frame.gp"
set logscale x 10
low = LO_min < 0.95 ? 0.95 * LO_min : 0.92
high = HI_max > 2 ? 1.1 * HI_max : 2.1
set xrange [low : high]
set xtics ()
marks = high > 8 ? "0.5 1 2 5 10 20 50 100 200 500" : \
	high > 3.5 ? "0.5 0.7 1 1.5 2 3 4 5 7" : \
	"0.5 0.7 0.8 0.9 1 1.2 1.5 2 2.5 3"
do for [mark in marks] {
	if (real(mark) >= low && real(mark) <= high) { set xtics add (mark real(mark)) }
}
set xlabel "times the baseline (log scale)"
set arrow 1 from 1, graph 0 to 1, graph 1 nohead linewidth 1.2 \
	linecolor rgb dim back
bold = sprintf("sans-serif:Bold,%d", little)
set label 6 "fork + _exit + waitpid" at screen across(left - 11), \
	down(top + above - 8) right font bold
set label 7 "time" at screen across(width - right + 8),down(top + above - 8) \
	left font small
if (begins) {
	set label 8 "with exec (times the first)" at graph 0, first begins - 1 \
		right offset character -1.2,0 font bold
}
base(x) = column("exec") > 0 ? NaN : x
exec(x) = column("exec") > 0 ? x : NaN
plot data using (column("factor")):(column("y")):(column("lo")): \
	(column("hi")) with xerrorbars pointtype -1 linecolor rgb blue, \
     data using (base(column("factor"))):(column("y")) \
	with points pointtype 7 pointsize 0.7 linecolor rgb blue, \
     data using (exec(column("factor"))):(column("y")) \
	with points pointtype 5 pointsize 0.7 linecolor rgb blue, \
     data using (high):(column("y")):(stringcolumn("says")) \
	with labels left offset character 0.8,0 font small textcolor rgb dim
