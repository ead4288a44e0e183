# SPDX-License-Identifier: GPL-3.0-or-later
# A row a size of pages; four panels: fork, first write, all written, memory.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
all = ARGC > 5 ? ARG6 : ARG1
load "style.gp"
broad = 16
load "rows.gp"
array what[4] = ["fork, of ", "first shared write", "1 MiB after fork", \
	"one write takes"]
array of[4] = ["", "", "", ""]
array least_of[4] = [1e30, 1e30, 1e30, 1e30]
array most_of[4] = [0, 0, 0, 0]
stats all using (p = int(column("part")), \
	least_of[p] = column("lo") < least_of[p] ? column("lo") : least_of[p], \
	most_of[p] = column("hi") > most_of[p] ? column("hi") : most_of[p], p) nooutput
stats data using (of[int(column("part"))] = stringcolumn("size"), 1) nooutput
what[1] = what[1].of[1]
panel = body
body = 2 * panel + 74
above = 26
right = 16
note = "First shared write: to a page that fork left shared. One write takes: memory that the first write to fresh memory gets. A row without a mark was not measured."
load "frame.gp"
gap = 44
each = (width - right - left - gap) / 2
array hue[4] = [blue, red, green, ink]
array shape[4] = [7, 9, 5, 13]
here(x) = column("part") == p ? x : NaN
set multiplot
do for [p = 1:4] {
	from = left + (p - 1) % 2 * (each + gap)
	down_by = top + above + (p > 2 ? panel + 74 : 0)
	set lmargin at screen across(from)
	set rmargin at screen across(from + each)
	set tmargin at screen down(down_by)
	set bmargin at screen down(down_by + panel)
	if (p % 2) {
		set label 8 what[p] at screen across(from),down(down_by - 10) \
			left font small
	} else {
		set label 8 what[p] at screen across(width - 10),down(down_by - 10) \
			right font small
	}
	set ytics ()
	do for [i = 1:rows] { set ytics add (p % 2 ? label[i] : "" i) }
	least = most_of[p] > 0 ? least_of[p] : 1
	most = most_of[p] > 0 ? most_of[p] : 10
	span = each
	if (p < 4) {
		load "log-x.gp"
	} else {
		low = floor(log(least) / log(2) + 1e-9)
		high = ceil(log(most) / log(2) - 1e-9)
		step = ceil((high - low + 1) * 54.0 / span)
		set logscale x 2
		set xrange [2.0 ** (low - 0.5) : 2.0 ** (high + 0.5)]
		set xtics ()
		do for [e = low : high : step] { set xtics add (bytes(2.0**e) 2.0**e) }
	}
	plot data using (here(column("amount"))):(column("y")): \
		(column("lo")):(column("hi")) \
		with xerrorbars pointtype -1 linecolor rgb hue[p], \
	     data using (here(column("amount"))):(column("y")) \
		with points pointtype shape[p] pointsize 0.7 linecolor rgb hue[p]
	do for [i = 1:7] { unset label i }
}
unset multiplot
