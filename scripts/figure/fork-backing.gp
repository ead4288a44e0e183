# SPDX-License-Identifier: GPL-3.0-or-later
# One row a kind of memory, from the quickest on.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
set datafile separator "\t"
set datafile columnheaders
stats data using (column("y")) name "Y" nooutput
stats data using (column("lo")) name "LO" nooutput
stats data using (column("hi")) name "HI" nooutput
stats data using (column("late")) name "LATE" nooutput
array label[Y_max]
longest = 8
stats data using (k = int(column("y")), label[k] = stringcolumn("label"), \
	longest = longest > strlen(label[k]) ? longest : strlen(label[k]), \
	what = stringcolumn("what"), shape = int(column("shape")), \
	k) nooutput

width = 800
height = 190 + 24 * Y_max
late = LATE_max > 0
load "style.gp"
left = 38 + em * longest
right = width - 90
set lmargin at screen across(left)
set rmargin at screen across(right)
set tmargin at screen down(92)
set bmargin at screen down(height - 92)
low = decade_below(LO_min)
high = decade_above(HI_max)
high = high > low ? high : low + 1
set logscale x 10
set xrange [0.999 * 10.0 ** low : 1.001 * 10.0 ** high]
set yrange [Y_max + 0.6 : 0.4]
set xtics ()
do for [e = low : high] {
	set xtics add (tell(10.0**e) 10.0**e)
	do for [m = 2:9] { set xtics add ("" m * 10.0**e 1) }
}
set ytics ()
do for [i = 1:Y_max] { set ytics add (label[i] i) }
set grid xtics ytics
set xlabel what." (log scale)"
plot data using (column("ns")):(column("y")):(column("lo")):(column("hi")): \
	(column("colour")) with xerrorbars pointtype -1 linecolor rgb variable, \
     data using (column("ns")):(column("y")):(column("colour")) \
	with points pointtype shape pointsize 0.9 linecolor rgb variable, \
     data using (10.0 ** high):(column("y")):(stringcolumn("says")) \
	with labels left offset character 1,0 textcolor rgb 0x444444
