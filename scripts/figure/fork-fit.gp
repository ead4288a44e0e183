# SPDX-License-Identifier: GPL-3.0-or-later
# Points and a fitted line a series; below, how far the points are from the line.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
all = ARGC > 5 ? ARG6 : ARG1
load "style.gp"
stats data using (column("series")) name "S" nooutput
stats all using (column("pages")) name "X" nooutput
stats all using (column("lo")) name "LO" nooutput
stats all using (column("hi")) name "HI" nooutput
stats all using (abs(column("miss_lo")) > abs(column("miss_hi")) ? \
	abs(column("miss_lo")) : abs(column("miss_hi"))) name "MISS" nooutput
array label[S_max]
array colour[S_max]
array shape[S_max]
array dash[S_max]
array start[S_max]
array slope[S_max]
array last[S_max]
do for [i = 1:S_max] { last[i] = 0 }
stats data using (k = int(column("series")), \
	label[k] = wrap(stringcolumn("label"), 50), \
	colour[k] = int(column("colour")), shape[k] = int(column("shape")), \
	dash[k] = int(column("dash")), start[k] = column("start"), \
	slope[k] = column("slope"), last[k] = greater(last[k], column("pages")), \
	k) nooutput

above = 20 * S_max + 32
upper = 200
body = upper + 22 + 80
left = 80.0
note = "In brackets: 95 % intervals over rounds. Lower panel: points by the line."
load "frame.gp"
set label 5 "by the page of page tables:" at screen across(10),down(top + 6) \
	left font small textcolor rgb dim
set key at screen across(10),down(top + 14) left top vertical maxrows S_max \
	Left reverse samplen 2.5 spacing 1.1
bottom = decade_below(LO_min)
most = decade_above(HI_max)
most = most > bottom ? most : bottom + 1
set logscale x 2
low = floor(log(X_min) / log(2) + 1e-9)
high = ceil(log(X_max) / log(2) - 1e-9)
set xrange [2.0 ** (low - 0.2) : 2.0 ** (high + 0.2)]
step = ceil((high - low + 1) * 44.0 / (width - left - right))
set xtics ()
do for [e = low : high : step] { set xtics add ("" 2.0**e) }
set logscale y 10
set yrange [0.999 * 10.0 ** bottom : 1.001 * 10.0 ** most]
set ytics ()
do for [e = bottom : most] {
	set ytics add (tell(10.0**e) 10.0**e)
	do for [m = 2:9] { set ytics add ("" m * 10.0**e 1) }
}
set label 6 "caller blocked (log scale)" at screen across(12), \
	down(top + above + upper / 2) center rotate by 90 font small
set bmargin at screen down(top + above + upper)
only(i, x) = column("series") == i ? x : NaN
# From the first mark to the series' last point.
line(i, x) = x <= 1.05 * last[i] ? start[i] + slope[i] * x : NaN
set samples 300
set multiplot
plot for [i = 1:S_max] line(i, x) with lines dashtype dash[i] \
	linecolor rgb colour[i], \
     for [i = 1:S_max] data using (only(i, column("pages"))):(column("ns")): \
	(column("lo")):(column("hi")) \
	with yerrorbars pointtype -1 linecolor rgb colour[i], \
     for [i = 1:S_max] data using (only(i, column("pages"))):(column("ns")) \
	with points pointtype shape[i] pointsize 0.7 linecolor rgb colour[i], \
     for [i = 1:S_max] keyentry with linespoints pointtype shape[i] \
	pointsize 0.7 dashtype dash[i] linecolor rgb colour[i] title label[i]
unset key
do for [i = 1:7] { unset label i }
set tmargin at screen down(top + above + upper + 22)
set bmargin at screen down(top + above + body)
unset logscale y
edge = MISS_max > 1 ? 1.1 * MISS_max : 1
set yrange [-edge : edge]
unset ytics
tick = nice(0.35 * edge)
set ytics -10 * tick,tick font small
set format y "%+g %%"
do for [e = low : high : step] { set xtics add (sprintf("%g", 2.0**e) 2.0**e) }
set xlabel "pages of page tables (log scale)"
plot 0 with lines linecolor rgb dim, \
     for [i = 1:S_max] data using (only(i, column("pages"))):(column("miss")): \
	(column("miss_lo")):(column("miss_hi")) \
	with yerrorbars pointtype -1 linecolor rgb colour[i], \
     for [i = 1:S_max] data using (only(i, column("pages"))):(column("miss")) \
	with points pointtype shape[i] pointsize 0.7 linecolor rgb colour[i]
unset multiplot
