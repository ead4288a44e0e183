# SPDX-License-Identifier: GPL-3.0-or-later
# A row a kind of memory; marks for the read that brings the zero page, the write
# after it, both together, and the write at once.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
all = ARGC > 5 ? ARG6 : ARG1
load "style.gp"
marks_a_row = 2
load "rows.gp"
stats all using (column("lo")) name "LO" nooutput
stats all using (column("hi")) name "HI" nooutput
stats data using (column("page")) name "PAGE" nooutput
stats data using (size = stringcolumn("size"), 1) nooutput
legends = 4
array legend[4] = ["read: the zero page", "first write after it", "both together", \
	"written at once: zero-fill"]
array mark[4] = [6, 8, 12, 5]
array grey[4] = [blue, blue, ink, red]
legend_columns = 2
above = 36 + 10
note = "Each row touched ".size.". Bars of both together: the two intervals, added as squares."
load "frame.gp"
load "legend.gp"
least = LO_min; most = HI_max; span = width - left - right
load "log-x.gp"
set xlabel sprintf("time per %g KiB page (log scale)", PAGE_min / 1024.0)
only(i, x) = column("kind") == i ? x : NaN
at(i) = column("y") + 0.2 * (i - 2.5)
plot for [i = 1:4] data using (only(i, column("ns"))):(at(i)): \
	(column("lo")):(column("hi")) \
	with xerrorbars pointtype -1 linecolor rgb grey[i], \
     for [i = 1:4] data using (only(i, column("ns"))):(at(i)) \
	with points pointtype mark[i] pointsize 0.7 linecolor rgb grey[i]
