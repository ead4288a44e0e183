# SPDX-License-Identifier: GPL-3.0-or-later
# One row a kind of memory; a mark a cause of the fault.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
all = ARGC > 5 ? ARG6 : ARG1
load "style.gp"
stats data using (column("cause_n")) name "C" nooutput
marks_a_row = C_max > 3 ? 2 : 1
load "rows.gp"
stats all using (column("lo")) name "LO" nooutput
stats all using (column("hi")) name "HI" nooutput
stats data using (column("page")) name "PAGE" nooutput
stats data using (column("marked")) name "MARKED" nooutput
legends = int(C_max)
array legend[legends]
stats data using (legend[int(column("cause_n"))] = stringcolumn("cause"), \
	size = stringcolumn("size"), 1) nooutput
array mark[6] = [7, 9, 5, 6, 8, 4]
array grey[6] = [blue, red, green, blue, red, green]
legend_columns = 2
above = 18 * ((legends + 1) / 2) + 8
note = "Each row touched ".size.".".(MARKED_max > 0 ? " ‡ the kernel takes \
another count of faults than the model." : "")
load "frame.gp"
load "legend.gp"
least = LO_min; most = HI_max; span = width - left - right
load "log-x.gp"
set xlabel sprintf("time per %g KiB page (log scale)", PAGE_min / 1024.0)
only(i, x) = column("cause_n") == i ? x : NaN
at(i) = column("y") + 0.7 * (i - (C_max + 1) / 2.0) / C_max
plot for [i = 1:C_max] data using (only(i, column("ns"))):(at(i)): \
	(column("lo")):(column("hi")) \
	with xerrorbars pointtype -1 linecolor rgb grey[i], \
     for [i = 1:C_max] data using (only(i, column("ns"))):(at(i)) \
	with points pointtype mark[i] pointsize 0.6 linecolor rgb grey[i]
