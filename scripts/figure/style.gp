# SPDX-License-Identifier: GPL-3.0-or-later
# What all figures share. Each is run in this folder as
#   gnuplot -c FIGURE.gp DATA.tsv OUT.svg TITLE CAPTION1 CAPTION2
# (or OUT.pdf), reads its data, sets width and height (pixels) and, if it wants,
# note (the foot; otherwise it says what the bars are) and late (whether a
# strategy in it returns late), and loads this file.
set encoding utf8
if (out[strlen(out) - 3 : *] eq ".pdf") {
	set terminal pdfcairo size width / 72.0,height / 72.0 noenhanced \
		font "sans-serif,14" fontscale 0.75 background "white" \
		linewidth 2.4 dashlength 1.6
} else {
	set terminal svg size width,height noenhanced font "sans-serif,14" \
		background "white" linewidth 1.3
}
set output out
set border 3 linewidth 0.7 linecolor rgb 0x555555
set tics nomirror out scale 0.6
set grid linecolor rgb 0xDDDDDD linewidth 0.6 linetype 1 dashtype 1
set errorbars 0.7
set key noautotitle
set xlabel offset 0,0.6

# Places by pixels from the left and from the top; characters are estimated.
across(px) = px / (1.0 * width)
down(px) = 1 - px / (1.0 * height)
em = 7.9

small = "sans-serif,12"
set label 1 title at screen across(14),down(27) left font "sans-serif:Bold,16"
set label 2 caption1 at screen across(14),down(51) left font small
set label 3 caption2 at screen across(14),down(69) left font small
bars = "Bars: 95 % intervals (none where a point has fewer than 3 blocks)."
if (!exists("note")) { note = bars }
if (!exists("late")) { late = 0 }
set tmargin at screen down(90)
set bmargin at screen down(height - 85)
set label 4 note at screen across(14),down(height - 16) left font small
if (late) {
	set label 5 "† returns only after work of the child (its copy, exec or exit), which its spawn therefore holds as well" \
		at screen across(14),down(height - 35) left font small
}

# The decades around a range of values, so that each axis has two marks.
decade_below(x) = floor(log10(x) + 1e-9)
decade_above(x) = ceil(log10(x) - 1e-9)
tell(ns) = ns < 1e3 ? sprintf("%g ns", ns) : \
	ns < 1e6 ? sprintf("%g µs", ns / 1e3) : \
	ns < 1e9 ? sprintf("%g ms", ns / 1e6) : sprintf("%g s", ns / 1e9)
