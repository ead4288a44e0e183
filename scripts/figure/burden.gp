# SPDX-License-Identifier: GPL-3.0-or-later
# A panel a thing that the caller carries; a line a strategy.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
set datafile separator "\t"
set datafile columnheaders
stats data using (column("panel")) name "P" nooutput
stats data using (column("series")) name "S" nooutput
stats data using (column("late")) name "LATE" nooutput
array thing[P_max]
array label[S_max]
array colour[S_max]
array shape[S_max]
array most[P_max]
array least[P_max]
array longest[P_max]
do for [p = 1:P_max] { most[p] = 1; least[p] = 1e18; longest[p] = 0 }
stats data using (p = int(column("panel")), thing[p] = stringcolumn("thing"), \
	n = column("items"), most[p] = n > most[p] ? n : most[p], \
	least[p] = n < least[p] ? n : least[p], t = column("hi"), \
	longest[p] = t > longest[p] ? t : longest[p], \
	k = int(column("series")), label[k] = stringcolumn("label"), \
	colour[k] = int(column("colour")), shape[k] = int(column("shape")), \
	k) nooutput

width = 800
top = 92 + 24 * S_max
tall = 190
columns = P_max < 3 ? P_max : 3
height = top + 45 + ceil(P_max / 3.0) * (tall + 85)
late = LATE_max > 0
load "style.gp"
left = 84.0
gap = 56
each = (width - 30 - left - gap * (columns - 1)) / columns
set label 6 "caller blocked (spawn)" at screen across(16), \
	down((top + height - 45) / 2) center rotate by 90
set key at screen across(left),down(78) left top vertical \
	maxrows S_max Left reverse samplen 3 spacing 1.15

# Decades apart; none stands a decade below one.
place(n) = n < 1 ? -1 : log10(n)
short(n) = n < 1e3 ? sprintf("%g", n) : sprintf("%g k", n / 1e3)
here(i, x) = column("series") == i && column("panel") == p ? x : NaN
set multiplot
do for [p = 1:P_max] {
	down_by = top + 20 + (p - 1) / 3 * (tall + 85)
	from = left + (p - 1) % 3 * (each + gap)
	scale = longest[p] < 1e6 ? 1e3 : 1e6
	set lmargin at screen across(from)
	set rmargin at screen across(from + each)
	set tmargin at screen down(down_by)
	set bmargin at screen down(down_by + tall)
	set label 8 (scale == 1e3 ? "µs" : "ms") at graph 0,1 right \
		offset character -0.5,0.7
	set xlabel thing[p]
	set xrange [place(least[p]) - 0.4 : place(most[p]) + 0.4]
	set xtics ()
	if (least[p] < 1) { set xtics add ("0" -1) }
	do for [e = 0 : ceil(log10(most[p]))] {
		set xtics add (short(10.0**e) e)
	}
	set yrange [0 : 1.06 * longest[p] / scale]
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
		with points pointtype shape[i] pointsize 0.9 \
		linecolor rgb colour[i], \
	     for [i = 1:S_max] keyentry with linespoints pointtype shape[i] \
		dashtype i linecolor rgb colour[i] title label[i]
}
unset multiplot
