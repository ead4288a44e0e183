# SPDX-License-Identifier: GPL-3.0-or-later
# One row a kind of fault and backing: cost per base page, and per fault where
# one fault serves several.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
set datafile separator "\t"
set datafile columnheaders
stats data using (column("y")) name "Y" nooutput
stats data using (column("lo")) name "LO" nooutput
stats data using (column("most")) name "HI" nooutput
stats data using (column("page")) name "PAGE" nooutput
stats data using (column("wide")) name "WIDE" nooutput
stats data using (column("marked")) name "MARKED" nooutput
array label[Y_max]
longest = 8
broadest = strlen("one fault serves")
stats data using (k = int(column("y")), label[k] = stringcolumn("label"), \
	longest = longest > strlen(label[k]) ? longest : strlen(label[k]), \
	says = stringcolumn("says"), size = stringcolumn("size"), \
	broadest = broadest > strlen(says) ? broadest : strlen(says), \
	k) nooutput

width = 800
height = 225 + 30 * Y_max
load "style.gp"
set label 4 bars." Each row touched ".size."."
left = 30 + em * longest
right = width - 20 - em * broadest
set lmargin at screen across(left)
set rmargin at screen across(right)
set tmargin at screen down(125)
set bmargin at screen down(height - 100)

low = decade_below(LO_min)
high = decade_above(HI_max)
high = high > low ? high : low + 1
step = ceil((high - low + 1) * 62.0 / (right - left))
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
set xlabel "time (log scale)"
set label 5 "one fault serves" at screen across(right + 12),down(106) left
set label 6 sprintf("per %g KiB page", PAGE_min / 1024.0) \
	at screen across(left + 10),down(106) left offset character 1,-0.15 \
	point pointtype 7 pointsize 1 linecolor rgb 0x333333
set label 8 (WIDE_max > 0 ? "Diamonds: one whole fault, where it serves several pages. " : ""). \
	(MARKED_max > 0 ? "‡ the kernel takes another count of faults than the model." : "") \
	at screen across(14),down(height - 35) left font small
if (WIDE_max > 0) {
	set label 7 "per fault" at screen across(left + 160),down(106) left \
		offset character 1,-0.15 point pointtype 12 pointsize 1.2 \
		linecolor rgb 0x333333
}
wide(x) = column("wide") > 0 ? x : NaN
plot data using (column("ns")):(column("y")):(column("lo")):(column("hi")): \
	(column("colour")) with xerrorbars pointtype -1 linecolor rgb variable, \
     data using (column("ns")):(column("y")):(column("colour")) \
	with points pointtype 7 pointsize 0.9 linecolor rgb variable, \
     for [i = 1:WIDE_max] data using (wide(column("fault_ns"))):(column("y")): \
	(column("fault_lo")):(column("fault_hi")):(column("colour")) \
	with xerrorbars pointtype -1 linecolor rgb variable, \
     for [i = 1:WIDE_max] data using (wide(column("fault_ns"))):(column("y")): \
	(column("colour")) \
	with points pointtype 12 pointsize 1.2 linecolor rgb variable, \
     data using (10.0 ** high):(column("y")):(stringcolumn("says")) \
	with labels left offset character 1,0 textcolor rgb 0x444444
