# SPDX-License-Identifier: GPL-3.0-or-later
# A panel a thing that the caller carries; a line a strategy.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
all = ARGC > 5 ? ARG6 : ARG1
load "style.gp"
stats data using (column("panel")) name "P" nooutput
stats data using (column("series")) name "S" nooutput
stats data using (column("late")) name "LATE" nooutput
stats all using (column("panel")) name "ALL" nooutput
panels = int(P_max)
array thing[panels]
array label[S_max]
array colour[S_max]
array shape[S_max]
array most[ALL_max]
array least[ALL_max]
array longest[ALL_max]
do for [p = 1:ALL_max] { most[p] = 1; least[p] = 1e18; longest[p] = 0 }
stats data using (p = int(column("panel")), thing[p] = stringcolumn("thing"), \
	k = int(column("series")), label[k] = stringcolumn("label"), \
	colour[k] = int(column("colour")), shape[k] = int(column("shape")), \
	k) nooutput
stats all using (p = int(column("panel")), n = column("items"), \
	most[p] = greater(most[p], n), least[p] = n < least[p] ? n : least[p], \
	longest[p] = greater(longest[p], column("hi")), p) nooutput

late = LATE_max > 0
columns = panels < 2 ? 1 : 2
tall = 120
each_down = tall + 62
panel_rows = ceil(panels / (1.0 * columns))
key_columns = 2
key_rows = ceil(S_max / (1.0 * key_columns))
above = 20 * key_rows + 26
body = panel_rows * each_down - 62
left = 62.0
load "frame.gp"
gap = 50
each = (width - right - left - gap * (columns - 1)) / columns
set label 6 "caller blocked (spawn)" at screen across(12), \
	down(top + above + body / 2) center rotate by 90 font small
set key at screen across(10),down(top) left top vertical \
	maxrows key_rows Left reverse samplen 2.5 spacing 1.1

# Decades apart; none stands a decade below one.
place(n) = n < 1 ? -1 : log10(n)
short(n) = n < 1e3 ? sprintf("%g", n) : sprintf("%gk", n / 1e3)
here(i, x) = column("series") == i && column("panel") == p ? x : NaN
set multiplot
do for [p = 1:panels] {
	down_by = top + above + (p - 1) / columns * each_down
	from = left + (p - 1) % columns * (each + gap)
	scale = longest[p] < 1e6 ? 1e3 : 1e6
	set lmargin at screen across(from)
	set rmargin at screen across(from + each)
	set tmargin at screen down(down_by)
	set bmargin at screen down(down_by + tall)
	set label 8 (scale == 1e3 ? "µs" : "ms") at graph 0,1 right font small \
		offset character -0.5,0.7
	set xlabel thing[p]
	set xrange [place(least[p]) - 0.4 : place(most[p]) + 0.4]
	set xtics ()
	if (least[p] < 1) { set xtics add ("0" -1) }
	do for [e = 0 : ceil(log10(most[p]))] {
		set xtics add (short(10.0**e) e)
	}
	set yrange [0 : 1.06 * longest[p] / scale]
	set ytics autofreq
	if (p > 1) {
		unset key
		do for [i = 1:7] { unset label i }
	}
	plot for [i = 1:S_max] data \
		using (here(i, place(column("items")))):(column("ns") / scale) \
		with lines dashtype i linecolor rgb colour[i], \
	     for [i = 1:S_max] data \
		using (here(i, place(column("items")))):(column("ns") / scale): \
		(column("lo") / scale):(column("hi") / scale) \
		with yerrorbars pointtype -1 linecolor rgb colour[i], \
	     for [i = 1:S_max] data \
		using (here(i, place(column("items")))):(column("ns") / scale) \
		with points pointtype shape[i] pointsize 0.7 \
		linecolor rgb colour[i], \
	     for [i = 1:S_max] keyentry with linespoints pointtype shape[i] \
		pointsize 0.7 dashtype i linecolor rgb colour[i] title label[i]
}
unset multiplot
