# SPDX-License-Identifier: GPL-3.0-or-later
# One row a kind of memory; a mark a cause of the fault.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
set datafile separator "\t"
set datafile columnheaders
stats data using (column("y")) name "Y" nooutput
stats data using (column("cause_n")) name "C" nooutput
stats data using (column("lo")) name "LO" nooutput
stats data using (column("hi")) name "HI" nooutput
stats data using (column("page")) name "PAGE" nooutput
stats data using (column("marked")) name "MARKED" nooutput
array label[Y_max]
array cause[C_max]
longest = 8
stats data using (k = int(column("y")), label[k] = stringcolumn("label"), \
	longest = longest > strlen(label[k]) ? longest : strlen(label[k]), \
	cause[int(column("cause_n"))] = stringcolumn("cause"), \
	size = stringcolumn("size"), k) nooutput

width = 800
lines = ceil(C_max / 3.0)
height = 205 + 24 * lines + 32 * Y_max
load "style.gp"
set label 4 bars." Each row touched ".size."."
if (MARKED_max > 0) {
	set label 9 "‡ the kernel takes another count of faults than the model." \
		at screen across(14),down(height - 35) left font small
}
left = 38 + em * longest
set lmargin at screen across(left)
set rmargin at screen across(width - 30)
set tmargin at screen down(92 + 24 * lines)
set bmargin at screen down(height - 110)
low = decade_below(LO_min)
high = decade_above(HI_max)
high = high > low ? high : low + 1
step = ceil((high - low + 1) * 62.0 / (width - 30 - left))
set logscale x 10
set xrange [0.999 * 10.0 ** low : 1.001 * 10.0 ** high]
set yrange [Y_max + 0.6 : 0.4]
set xtics ()
do for [e = low : high] {
	set xtics add ((e - low) % step == 0 ? tell(10.0**e) : "" 10.0**e)
	do for [m = 2:9] { set xtics add ("" m * 10.0**e 1) }
}
set ytics ()
do for [i = 1:Y_max] { set ytics add (label[i] i) }
set grid xtics ytics
set xlabel sprintf("time per %g KiB page (log scale)", PAGE_min / 1024.0)
marks = "7 9 5 6 8 4"
greys = "0x000000 0x444444 0x777777 0x000000 0x444444 0x777777"
mark(i) = int(word(marks, i))
grey(i) = int(word(greys, i))
do for [i = 1:C_max] {
	set label 10 + i cause[i] at screen \
		across(left + 10 + (i - 1) % 3 * (width - 30 - left) / 3.0), \
		down(96 + 24 * ((i - 1) / 3)) left offset character 1,-0.15 \
		point pointtype mark(i) pointsize 0.9 linecolor rgb grey(i)
}
only(i, x) = column("cause_n") == i ? x : NaN
at(i) = column("y") + 0.7 * (i - (C_max + 1) / 2.0) / C_max
plot for [i = 1:C_max] data using (only(i, column("ns"))):(at(i)): \
	(column("lo")):(column("hi")) \
	with xerrorbars pointtype -1 linecolor rgb grey(i), \
     for [i = 1:C_max] data using (only(i, column("ns"))):(at(i)) \
	with points pointtype mark(i) pointsize 0.8 linecolor rgb grey(i)
