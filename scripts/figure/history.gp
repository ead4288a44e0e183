# SPDX-License-Identifier: GPL-3.0-or-later
# A series of a history by time, around a change of it. Run by history-page, with
# behind the usual arguments: levels and states (files), the unit, and five numbers:
# the times from, to, and between which the first night after the change lies, and
# how many lines states has.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
levels = ARG6; states = ARG7; unit = ARG8
from = real(word(ARG9, 1)); to = real(word(ARG9, 2))
early = real(word(ARG9, 3)); latest = real(word(ARG9, 4))
n = int(word(ARG9, 5))
load "style.gp"
body = 190
left = 66
right = 20
if (n > 0) {
	array state_at[n]
	array state_label[n]
	k = 0
	stats states using (k = k + 1, state_at[k] = column("at"), \
		state_label[k] = stringcolumn("label"), k) nooutput
}
above = n > 1 ? 34 : n > 0 ? 18 : 4
note = "Thick: the level of the nights that it spans. Shaded: where the first night after the change may be."
if (n > 0) {
	note = note." Dashed: another state of the machine, by its kernel where that is new."
}
bars = "Bars: 95 % intervals."
load "frame.gp"
set errorbars 0
stats data using (column("lo")) name "LO" nooutput
stats data using (column("hi")) name "HI" nooutput
stats data using (column("at")) name "NIGHTS" nooutput
room = greater(0.06 * (HI_max - LO_min), 0.01 * HI_max)
set yrange [LO_min - room : HI_max + room]
set label 3 unit at screen across(14), graph 0.5 center rotate by 90 font small

# Whole days where it can be, at most six of them; of years, which one it is.
span = greater(to - from, 120)
low = from - 0.02 * span
set xrange [low : to + 0.02 * span]
day = 86400.0
step = 91 * day
do for [s in "5270400 2592000 1209600 604800 345600 172800 86400 43200 21600 10800 3600 900 300 60 30"] {
	if (span / real(s) <= 6) { step = real(s) }
}
set xtics time format step < 60 ? "%H:%M:%S" : step < day / 8 ? "%H:%M" : \
	step < day ? "%d %b\n%H:%M" : step < 30 * day ? "%d %b" : "%d %b\n%Y"
set xtics step * ceil(low / step), step
set mxtics 1
two_lines = step >= 30 * day || (step < day && step >= day / 8)
set xlabel two_lines ? "" : "when the run began (UTC)"

set object 1 rectangle from early - 0.008 * span, graph 0 to \
	latest + 0.008 * span, graph 1 behind fillstyle solid noborder \
	fillcolor rgb 0xFFEBDD
do for [k = 1:n] {
	set arrow from state_at[k], graph 0 to state_at[k], graph 1 nohead \
		dashtype 2 linewidth 1 linecolor rgb dim
	row = k % 2 == n % 2 ? 0.6 : 1.7
	if ((state_at[k] - low) / (1.04 * span) * (width - left - right) + \
			em * strlen(state_label[k]) > width - left - 4) {
		set label state_label[k] at state_at[k], graph 1 right \
			offset 0.5,row font small textcolor rgb dim
	} else {
		set label state_label[k] at state_at[k], graph 1 left \
			offset -0.5,row font small textcolor rgb dim
	}
}
size = NIGHTS_records > 150 ? 0.25 : NIGHTS_records > 60 ? 0.35 : 0.5
plot data using (column("at")):(column("median")):(column("lo")):(column("hi")) \
	with yerrorbars pointtype 7 pointsize size linewidth 0.6 linecolor rgb blue, \
     levels using (column("since")):(column("level")):(column("until") - \
	column("since")):(0) with vectors nohead linewidth 2.4 linecolor rgb red
