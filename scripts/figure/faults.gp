# SPDX-License-Identifier: GPL-3.0-or-later
# One row a kind of fault and backing: cost per base page, and per fault where
# one fault serves several.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
all = ARGC > 5 ? ARG6 : ARG1
load "style.gp"
load "rows.gp"
stats all using (column("lo")) name "LO" nooutput
stats all using (column("most")) name "HI" nooutput
stats data using (column("page")) name "PAGE" nooutput
stats data using (column("wide")) name "WIDE" nooutput
stats data using (column("marked")) name "MARKED" nooutput
broadest_says = 3
stats data using (size = stringcolumn("size"), \
	broadest_says = greater(broadest_says, strlen(stringcolumn("says"))), 1) \
	nooutput
legends = WIDE_max > 0 ? 2 : 1
array legend[2] = [sprintf("per %g KiB page", PAGE_min / 1024.0), \
	"per fault, where one serves several pages"]
array mark[2] = [7, 12]
array grey[2] = [dim, dim]
above = 18 * legends + 26
right = 18 + em * broadest_says
note = "Each row touched ".size.".".(MARKED_max > 0 ? " ‡ the kernel takes \
another count of faults than the model." : "")
load "frame.gp"
load "legend.gp"
set label 5 "pages a fault" at screen across(width - 8), \
	down(top + above - 8) right font small textcolor rgb dim
least = LO_min; most = HI_max; span = width - left - right
load "log-x.gp"
set xlabel "time (log scale)"
wide(x) = column("wide") > 0 ? x : NaN
plot data using (column("ns")):(column("y")):(column("lo")):(column("hi")): \
	(column("colour")) with xerrorbars pointtype -1 linecolor rgb variable, \
     data using (column("ns")):(column("y")):(column("colour")) \
	with points pointtype 7 pointsize 0.7 linecolor rgb variable, \
     for [i = 1:WIDE_max] data using (wide(column("fault_ns"))):(column("y")): \
	(column("fault_lo")):(column("fault_hi")):(column("colour")) \
	with xerrorbars pointtype -1 linecolor rgb variable, \
     for [i = 1:WIDE_max] data using (wide(column("fault_ns"))):(column("y")): \
	(column("colour")) \
	with points pointtype 12 pointsize 0.9 linecolor rgb variable, \
     data using (10.0 ** high):(column("y")):(stringcolumn("says")) \
	with labels left offset character 0.8,0 font small textcolor rgb dim
