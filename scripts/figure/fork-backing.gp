# SPDX-License-Identifier: GPL-3.0-or-later
# One row a kind of memory, from the quickest on.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
all = ARGC > 5 ? ARG6 : ARG1
load "style.gp"
load "rows.gp"
stats all using (column("lo")) name "LO" nooutput
stats all using (column("hi")) name "HI" nooutput
stats data using (column("late")) name "LATE" nooutput
stats data using (what = stringcolumn("what"), \
	shape = int(column("shape")), 1) nooutput
late = LATE_max > 0
right = 68
note = wrap("Of ".what.".", 60)
load "frame.gp"
least = LO_min; most = HI_max; span = width - left - right
load "log-x.gp"
set xlabel "caller blocked (spawn; log scale)"
plot data using (column("ns")):(column("y")):(column("lo")):(column("hi")): \
	(column("colour")) with xerrorbars pointtype -1 linecolor rgb variable, \
     data using (column("ns")):(column("y")):(column("colour")) \
	with points pointtype shape pointsize 0.8 linecolor rgb variable, \
     data using (10.0 ** high):(column("y")):(stringcolumn("says")) \
	with labels left offset character 0.8,0 font small textcolor rgb dim
