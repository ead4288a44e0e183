# SPDX-License-Identifier: GPL-3.0-or-later
# A panel a step of forkmeter trace: pages of A, frames, pages of B, and a line
# an entry of a page table. Run by scripts/trace.
data = ARG1; out = ARG2; title = ARG3; caption1 = ARG4; caption2 = ARG5
set datafile separator "\t"
set datafile columnheaders
stats data using (stringcolumn("shape") eq "end" ? column("y") : NaN) \
	name "END" nooutput
width = 800
height = END_max
note = ""
load "style.gp"
set lmargin at screen 0
set rmargin at screen 1
set tmargin at screen 1
set bmargin at screen 0
unset border
unset tics
unset grid
set xrange [0 : width]
set yrange [height : 0]

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
     data using (only("foot")):(column("y")):(stringcolumn("text")) \
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
