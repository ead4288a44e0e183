# SPDX-License-Identifier: GPL-3.0-or-later
# A row a machine and kernel: one figure of each with its interval. Colour and
# shape tell groups of equal hardware and state apart, a ring marks what deviates
# from its group. The rows are those of scripts/machines/rows.sql:
#   y label peers legend colour shape median lo hi outlier ratio
# outlier is "" or what is said of the machine, ratio is by the others of its group;
# median, lo and hi are in ns, unless ARG6 names another unit.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
unit = ARGC > 5 ? ARG6 : "ns"
load "style.gp"
load "rows.gp"
# Marks of an axis are formats, and a machine may have any name.
plain(s) = strstrt(s, "%") ? s[1:strstrt(s, "%")]."%".plain(s[strstrt(s, "%") + 1:*]) : s
do for [i = 1:rows] { label[i] = plain(label[i]) }
stats data using (column("lo")) name "LO" nooutput
stats data using (column("hi")) name "HI" nooutput
stats data using (column("peers")) name "PEERS" nooutput
legends = int(PEERS_max)
array legend[legends]
array mark[legends]
array grey[legends]
do for [i = 1:legends] { legend[i] = ""; mark[i] = -1; grey[i] = dim }
outliers = 0
stats data using (k = int(column("peers")), legend[k] = stringcolumn("legend"), \
	mark[k] = int(column("shape")), grey[k] = int(column("colour")), \
	outliers = outliers + (stringcolumn("outlier") ne ""), k) nooutput
# Of more groups the rows and the table of groups tell.
if (legends < 2 || legends > 6) { legends = 0 }
# Rows of one line each need not be as high as those of strategies.
tall = 7 + 14 * most_lines
body = tall * rows + 4
above = 18 * legends + 8
if (outliers) {
	right = 66
	note = "Ring: an outlier of its group, here or as a whole; by so much here."
}
load "frame.gp"
if (legends) { load "legend.gp" }
span = width - left - right
say(x) = unit eq "ns" ? tell(x) : sprintf("%g", x)
logs = HI_max > 5 * LO_min && unit eq "ns"
if (logs) {
	least = LO_min; most = HI_max
	load "log-x.gp"
	edge = 1.001 * 10.0 ** high
} else {
	pad = greater(0.05 * (HI_max - LO_min), 0.005 * HI_max)
	low = LO_min - pad
	edge = HI_max + pad
	set xrange [low : edge]
	step = nice((edge - low) * 62.0 / span)
	set xtics ()
	do for [i = int(ceil(low / step)) : int(floor(edge / step))] {
		set xtics add (say(i * step) i * step)
	}
}
set xlabel "median".(unit eq "ns" ? "" : ", ".unit).(logs ? " (log scale)" : "")
is_out(x) = stringcolumn("outlier") ne "" ? x : NaN
by(ratio) = sprintf(abs(ratio - 1) < 0.0995 ? "%+.1f %%" : "%+.0f %%", 100 * (ratio - 1))
plot data using (column("median")):(column("y")):(column("lo")):(column("hi")): \
		(column("colour")) \
	with xerrorbars pointtype -1 linecolor rgb variable, \
     for [k = 1:int(PEERS_max)] data using \
		(column("peers") == k ? column("median") : NaN):(column("y")) \
	with points pointtype mark[k] pointsize 0.7 linecolor rgb grey[k], \
     data using (is_out(column("median"))):(column("y")) \
	with points pointtype 6 pointsize 1.7 linewidth 1.5 linecolor rgb ink, \
     data using (is_out(edge)):(column("y")):(by(column("ratio"))) \
	with labels left offset character 0.6,0 font small textcolor rgb ink
