# SPDX-License-Identifier: GPL-3.0-or-later
# A panel for what the child does; a line a strategy and backing.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
set datafile separator "\t"
set datafile columnheaders
stats data using (column("series")) name "S" nooutput
stats data using (column("panel")) name "P" nooutput
stats data using (column("rss_bytes")) name "X" nooutput
stats data using (column("lo")) name "LO" nooutput
stats data using (column("hi")) name "HI" nooutput
stats data using (column("late")) name "LATE" nooutput
array label[S_max]
array colour[S_max]
array shape[S_max]
array dash[S_max]
array panel[P_max]
longest = strlen("strategy, memory")
stats data using (k = int(column("series")), \
	label[k] = stringcolumn("label"), colour[k] = int(column("colour")), \
	shape[k] = int(column("shape")), dash[k] = int(column("dash")), \
	panel[int(column("panel"))] = stringcolumn("child"), \
	longest = longest > strlen(label[k]) ? longest : strlen(label[k]), \
	k) nooutput

width = 800
height = 515 > 260 + 25 * S_max ? 515 : 260 + 25 * S_max
late = LATE_max > 0
load "style.gp"
if (S_max > 1) { set label 4 bars." Marks of one size stand a little apart sideways." }
left = 98.0
right = width - 75 - em * longest
gap = 36
each = (right - left - gap * (P_max - 1)) / P_max
set tmargin at screen down(112)
set bmargin at screen down(height - 110)

bytes(b) = b < 2**20 ? sprintf("%g KiB", b / 2.0**10) : \
	b < 2**30 ? sprintf("%g MiB", b / 2.0**20) : \
	sprintf("%g GiB", b / 2.0**30)
low = floor(log(X_min) / log(2) + 1e-9)
high = ceil(log(X_max) / log(2) - 1e-9)
step = ceil((high - low + 1) * 75.0 / each)
bottom = decade_below(LO_min)
top = decade_above(HI_max)
top = top > bottom ? top : bottom + 1
set logscale x 2
set logscale y 10
set xrange [2.0 ** (low - 0.5) : 2.0 ** (high + 0.5)]
set yrange [0.999 * 10.0 ** bottom : 1.001 * 10.0 ** top]
set xtics ()
do for [e = low : high : step] { set xtics add (bytes(2.0**e) 2.0**e) }
set ytics ()
do for [e = bottom : top] {
	set ytics add (tell(10.0**e) 10.0**e)
	do for [m = 2:9] { set ytics add ("" m * 10.0**e 1) }
}
set label 6 "caller blocked (spawn; log scale)" at screen across(16), \
	down((112 + height - 110) / 2) center rotate by 90
set label 7 "memory of the caller (log scale)" at screen \
	across((left + right) / 2),down(height - 64) center
set key at screen across(right + 10),down(108) left top vertical maxrows (S_max + 1) Left reverse \
	samplen 2 spacing 1.15 title "strategy, memory" left

# A little apart, so that no mark hides another; less where lines are many.
apart(i) = 2.0 ** ((high - low + 1) * 5.0 / each * (i - (S_max + 1) / 2.0) * \
	(S_max > 6 ? 6.0 / S_max : 1))
large(i) = (dash[i] - 1) / 2 % 2 == 0 ? 0.9 : 0.5
here(i, x) = column("series") == i && column("panel") == p ? x : NaN
set multiplot
do for [p = 1:P_max] {
	set lmargin at screen across(left + (p - 1) * (each + gap))
	set rmargin at screen across(left + (p - 1) * (each + gap) + each)
	set label 8 "child: ".panel[p] at graph 0.5,1 center offset character 0,0.6
	if (p > 1) {
		unset key
		set format y ""
		do for [i = 1:7] { unset label i }
		set ytics ()
		do for [e = bottom : top] { set ytics add ("" 10.0**e) }
	}
	plot for [i = 1:S_max] data \
		using (here(i, column("rss_bytes") * apart(i))):(column("ns")) \
		with lines dashtype dash[i] linecolor rgb colour[i], \
	     for [i = 1:S_max] data \
		using (here(i, column("rss_bytes") * apart(i))):(column("ns")): \
		(column("lo")):(column("hi")) \
		with yerrorbars pointtype -1 linecolor rgb colour[i], \
	     for [i = 1:S_max] data \
		using (here(i, column("rss_bytes") * apart(i))):(column("ns")) \
		with points pointtype shape[i] pointsize large(i) \
		linecolor rgb colour[i], \
	     for [i = 1:S_max] keyentry with linespoints \
		pointtype shape[i] pointsize large(i) dashtype dash[i] \
		linecolor rgb colour[i] title label[i]
}
unset multiplot
