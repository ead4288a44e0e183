# SPDX-License-Identifier: GPL-3.0-or-later
# A panel a step of forkmeter trace: pages of A, frames, pages of B, and a line
# an entry of a page table. Run by scripts/trace.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
load "style.gp"
stats data using (stringcolumn("shape") eq "end" ? column("y") : NaN) \
	name "END" nooutput
stats data using (stringcolumn("shape") eq "foot" ? \
	(note = stringcolumn("text"), 1) : 0) nooutput
stats data using (stringcolumn("shape") eq "end" ? column("x") : NaN) \
	name "WIDE" nooutput
body = END_max
width = WIDE_max
left = 0.0
right = 0
above = 4
below = 4
bars = ""
load "frame.gp"
unset border
unset tics
unset grid
set xrange [0 : width]
set yrange [body : 0]

only(shape) = stringcolumn("shape") eq shape ? column("x") : NaN
plot data using (only("line_a")):(column("y")):(column("dx")):(column("dy")) \
	with vectors nohead linewidth 1.3 linecolor rgb 0x0072B2, \
     data using (only("line_b")):(column("y")):(column("dx")):(column("dy")) \
	with vectors nohead linewidth 1.3 dashtype (5,4) linecolor rgb 0x0072B2, \
     data using (only("page")):(column("y")):(column("dx")):(column("dy")) \
	with boxxyerror fillcolor rgb 0xFFFFFF fillstyle solid 1 \
	border linecolor rgb 0x555555 linewidth 0.8, \
     data using (only("touched")):(column("y")):(column("dx")):(column("dy")) \
	with boxxyerror fillcolor rgb 0xCCCCCC fillstyle solid 1 \
	border linecolor rgb 0x555555 linewidth 0.8, \
     data using (only("frame")):(column("y")):(column("dx")):(column("dy")) \
	with boxxyerror fillcolor rgb 0xFFFFFF fillstyle solid 1 \
	border linecolor rgb 0x555555 linewidth 0.8, \
     data using (only("new")):(column("y")):(column("dx")):(column("dy")) \
	with boxxyerror fillcolor rgb 0xFFEBDD fillstyle solid 1 \
	border linecolor rgb 0xD55E00 linewidth 2, \
     data using (only("freed")):(column("y")):(column("dx")):(column("dy")) \
	with boxxyerror fillstyle empty dashtype (1,3) \
	linecolor rgb 0x555555 linewidth 1.2, \
     data using (only("title")):(column("y")):(stringcolumn("text")) \
	with labels left font "sans-serif:Bold,14", \
     data using (only("summary")):(column("y")):(stringcolumn("text")) \
	with labels left font small, \
     data using (only("head")):(column("y")):(stringcolumn("text")) \
	with labels center font "sans-serif:Bold,12" textcolor rgb 0x444444, \
     data using (only("page_text")):(column("y")):(stringcolumn("text")) \
	with labels center font small, \
     data using (only("frame_text")):(column("y")):(stringcolumn("text")) \
	with labels center font small, \
     data using (only("new_text")):(column("y")):(stringcolumn("text")) \
	with labels center font small, \
     data using (only("freed_text")):(column("y")):(stringcolumn("text")) \
	with labels center font small textcolor rgb 0x444444
