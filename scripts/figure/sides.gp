# SPDX-License-Identifier: GPL-3.0-or-later
# A row a point that two runs have: the second's median by the first's. Run by
# scripts/index.sh.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
load "style.gp"
broad = 30
load "rows.gp"
stats data using (column("lo")) name "LO" nooutput
stats data using (column("hi")) name "HI" nooutput
stats data using (column("points")) name "POINTS" nooutput
note = POINTS_max > rows ? sprintf("Of %d points the %d that differ most.", POINTS_max, rows) : ""
bars = "Bars: from the two 95 % intervals, their half widths added as squares."
right = 20
load "frame.gp"
set logscale x 10
low = LO_min < 0.99 ? LO_min / 1.03 : 0.97
high = HI_max > 1.01 ? HI_max * 1.03 : 1.03
set xrange [low : high]
set xtics ()
marks = high / low > 30 ? "0.001 0.01 0.1 1 10 100 1000" : \
	high / low > 8 ? "0.05 0.1 0.2 0.5 1 2 5 10 20" : \
	high / low > 2 ? "0.2 0.3 0.5 0.7 1 1.5 2 3 5" : \
	high / low > 1.3 ? "0.5 0.6 0.7 0.8 0.9 1 1.1 1.2 1.4 1.6 1.8 2" : \
	"0.9 0.95 1 1.05 1.1 1.15 1.2"
do for [mark in marks] {
	if (real(mark) >= low && real(mark) <= high) { set xtics add (mark real(mark)) }
}
set xlabel "times run 1 (log scale)"
set arrow 1 from 1, graph 0 to 1, graph 1 nohead linewidth 1.2 \
	linecolor rgb dim back
plot data using (column("ratio")):(column("y")):(column("lo")):(column("hi")) \
	with xerrorbars pointtype -1 linecolor rgb blue, \
     data using (column("ratio")):(column("y")) \
	with points pointtype 7 pointsize 0.7 linecolor rgb blue
