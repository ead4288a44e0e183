# SPDX-License-Identifier: GPL-3.0-or-later
# A row a point, a mark a counter.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
all = ARGC > 5 ? ARG6 : ARG1
load "style.gp"
stats data using (column("n")) name "N" nooutput
stats data using (column("metrics")) name "OF" nooutput
stats data using (column("points")) name "POINTS" nooutput
marks_a_row = 1 + N_max / 3
broad = 30
load "rows.gp"
stats all using (column("lo")) name "LO" nooutput
stats all using (column("hi")) name "HI" nooutput
legends = int(N_max)
array legend[legends]
stats data using (legend[int(column("n"))] = stringcolumn("metric"), 1) nooutput
array mark[6] = [7, 9, 5, 6, 8, 4]
array grey[6] = [blue, red, green, blue, red, green]
above = 18 * legends + 8
note = OF_max > N_max ? sprintf("Of %d counters these %d. ", OF_max, N_max) : ""
note = note."A count of 0 has no mark. "
if (POINTS_max > rows) {
	note = note.sprintf("Of %d points the first %d. ", POINTS_max, rows)
}
load "frame.gp"
load "legend.gp"
low = decade_below(LO_min)
high = decade_above(HI_max)
high = high > low ? high : low + 1
step = ceil((high - low + 1) * 44.0 / (width - left - right))
count(x) = x < 1e3 ? sprintf("%g", x) : x < 1e6 ? sprintf("%g k", x / 1e3) : \
	x < 1e9 ? sprintf("%g M", x / 1e6) : sprintf("%g G", x / 1e9)
set logscale x 10
set xrange [0.8 * 10.0 ** low : 1.25 * 10.0 ** high]
set xtics ()
do for [e = low : high] {
	set xtics add ((e - low) % step == 0 ? count(10.0**e) : "" 10.0**e)
}
set xlabel "events by the operation (log scale)"
only(i, x) = column("n") == i ? x : NaN
at(i) = column("y") + 0.7 * (i - (N_max + 1) / 2.0) / N_max
plot for [i = 1:N_max] data using (only(i, column("amount"))):(at(i)): \
	(column("lo")):(column("hi")) \
	with xerrorbars pointtype -1 linecolor rgb grey[i], \
     for [i = 1:N_max] data using (only(i, column("amount"))):(at(i)) \
	with points pointtype mark[i] pointsize 0.6 linecolor rgb grey[i]
