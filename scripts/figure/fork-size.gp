# SPDX-License-Identifier: GPL-3.0-or-later
# A panel for what the child does; a line a strategy and backing.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
all = ARGC > 5 ? ARG6 : ARG1
load "style.gp"
stats data using (column("series")) name "S" nooutput
stats data using (column("panel")) name "P" nooutput
stats all using (column("rss_bytes")) name "X" nooutput
stats all using (column("lo")) name "LO" nooutput
stats all using (column("hi")) name "HI" nooutput
stats data using (column("late")) name "LATE" nooutput
array label[S_max]
array colour[S_max]
array shape[S_max]
array dash[S_max]
array panel[P_max]
longest = 8
stats data using (k = int(column("series")), \
	label[k] = stringcolumn("label"), colour[k] = int(column("colour")), \
	shape[k] = int(column("shape")), dash[k] = int(column("dash")), \
	panel[int(column("panel"))] = stringcolumn("child"), \
	longest = greater(longest, strlen(label[k])), k) nooutput
late = LATE_max > 0
if (S_max > 1) { note = "Marks of one size stand a little apart sideways." }
left = 80.0
gap = 38
each = (width - left - 20 - gap * (P_max - 1)) / P_max
columns = longest < 22 ? 2 : 1
key_rows = ceil(S_max / (1.0 * columns))
above = 20 * key_rows + 34
body = 230
load "frame.gp"

low = floor(log(X_min) / log(2) + 1e-9)
high = ceil(log(X_max) / log(2) - 1e-9)
step = ceil((high - low + 1) * 62.0 / each)
bottom = decade_below(LO_min)
most = decade_above(HI_max)
most = most > bottom ? most : bottom + 1
set logscale x 2
set logscale y 10
set xrange [2.0 ** (low - 0.7) : 2.0 ** (high + 0.7)]
set yrange [0.999 * 10.0 ** bottom : 1.001 * 10.0 ** most]
set xtics ()
do for [e = low : high : step] { set xtics add (bytes(2.0**e) 2.0**e) }
set ytics ()
do for [e = bottom : most] {
	set ytics add (tell(10.0**e) 10.0**e)
	do for [m = 2:9] { set ytics add ("" m * 10.0**e 1) }
}
set label 6 "caller blocked (spawn; log scale)" at screen across(12), \
	down(top + above + body / 2) center rotate by 90 font small
set label 7 "memory of the caller (log scale)" at screen \
	across((left + width - right) / 2),down(top + above + body + 40) \
	center font small
set key at screen across(10),down(top) left top vertical \
	maxrows key_rows Left reverse samplen 2.5 spacing 1.1 width 1

# A little apart, so that no mark hides another; less where lines are many.
apart(i) = 2.0 ** ((high - low + 1) * 5.0 / each * (i - (S_max + 1) / 2.0) * \
	(S_max > 6 ? 6.0 / S_max : 1))
size(i) = (dash[i] - 1) / 2 % 2 == 0 ? 0.7 : 0.4
here(i, x) = column("series") == i && column("panel") == p ? x : NaN
set multiplot
do for [p = 1:P_max] {
	set lmargin at screen across(left + (p - 1) * (each + gap))
	set rmargin at screen across(left + (p - 1) * (each + gap) + each)
	set label 8 "child: ".panel[p] at graph 0.5,1 center font small \
		offset character 0,0.6
	if (p > 1) {
		unset key
		do for [i = 1:7] { unset label i }
		set ytics ()
		do for [e = bottom : most] { set ytics add ("" 10.0**e) }
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
		with points pointtype shape[i] pointsize size(i) \
		linecolor rgb colour[i], \
	     for [i = 1:S_max] keyentry with linespoints \
		pointtype shape[i] pointsize size(i) dashtype dash[i] \
		linecolor rgb colour[i] title label[i]
}
unset multiplot
