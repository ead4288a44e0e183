# SPDX-License-Identifier: GPL-3.0-or-later
# A line a kind of touch: the share of them that took at least so long.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
set datafile separator "\t"
set datafile columnheaders
stats data using (column("series")) name "S" nooutput
stats data using (column("ns")) name "X" nooutput
stats data using (column("share")) name "Y" nooutput
array label[S_max]
array colour[S_max]
longest = 8
stats data using (k = int(column("series")), label[k] = stringcolumn("label"), \
	colour[k] = int(column("colour")), \
	longest = longest > strlen(label[k]) ? longest : strlen(label[k]), \
	k) nooutput

width = 800
top = 100 + 24 * S_max
height = 400 + top
note = "All touches of all blocks together, in bins of two digits; so without intervals. Both axes are logarithmic."
load "style.gp"
left = 116.0
set lmargin at screen across(left)
set rmargin at screen across(width - 40)
set tmargin at screen down(top)
set bmargin at screen down(height - 92)
low = decade_below(X_min)
high = decade_above(X_max)
high = high > low ? high : low + 1
bottom = decade_below(Y_min)
bottom = bottom < 0 ? bottom : -1
set logscale xy 10
set xrange [0.999 * 10.0 ** low : 1.001 * 10.0 ** high]
set yrange [10.0 ** bottom : 1]
set xtics ()
do for [e = low : high] {
	set xtics add (tell(10.0**e) 10.0**e)
	do for [m = 2:9] { set xtics add ("" m * 10.0**e 1) }
}
set ytics ()
do for [e = bottom : 0] {
	set ytics add (sprintf("%g %%%%", 100 * 10.0**e) 10.0**e)
}
set xlabel "time of one touch with its fault"
set label 6 "share that took at least so long" at screen across(16), \
	down((top + height - 92) / 2) center rotate by 90
set key at screen across(left),down(82) left top vertical maxrows S_max Left \
	reverse samplen 4 spacing 1.15
only(i, x) = column("series") == i ? x : NaN
marks = "7 5 9 11 13 6 4 8 10"
mark(i) = int(word(marks, i))
dash(i) = (i - 1) % 5 + 1
plot for [i = 1:S_max] data using (only(i, column("ns"))):(column("share")) \
	with linespoints dashtype dash(i) pointtype mark(i) \
	pointinterval -12 pointsize 0.8 linecolor rgb colour[i] title label[i]
