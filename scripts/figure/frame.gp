# SPDX-License-Identifier: GPL-3.0-or-later
# What all figures share, once they know how high they are: body, and where they
# want them
#   above, below  pixels above the axes (for a legend) and below (for marks and
#                 the axis's name)
#   left, right   pixels beside the axes
#   note          what is said at the foot, beside what bars are
#   bars          what bars are, or "" where there are none
#   late          whether a strategy in it returns late
# Sets height and top, the first pixel of what is above the axes.
if (!exists("above")) { above = 0 }
if (!exists("below")) { below = 48 }
if (!exists("left")) { left = 70.0 }
if (!exists("right")) { right = 20 }
if (!exists("note")) { note = "" }
if (!exists("bars")) {
	bars = "Bars: 95 % intervals (none where a point has fewer than 3 blocks)."
}
if (!exists("late")) { late = 0 }
# So many small characters fill a line.
signs = int(0.148 * width)
if (late) {
	note = note.(note eq "" ? "" : " ")."† returns only after work of the ". \
		"child (its copy, exec or exit), which its spawn holds as well."
}
note = wrap(note.(note eq "" || bars eq "" ? "" : " ").bars, signs)
title = wrap(title, 0.7 * signs)
caption = wrap(caption1, signs)."\n".wrap(caption2, signs)

top = 16 + 22 * lines(title) + 18 * lines(caption) + 10
height = top + above + body + below + 18 * lines(note) + 6
if (out[strlen(out) - 3 : *] eq ".pdf") {
	inch = 8.4 / 2.54 / 420
	set terminal pdfcairo noenhanced size inch * width,inch * height \
		font sprintf("sans-serif,%d", large) fontscale 0.425 \
		background "white" linewidth 1.5
} else {
	set terminal svg size width,height noenhanced \
		font sprintf("sans-serif,%d", large) background "white" linewidth 1.3
}
set output out
set border 3 linewidth 0.7 linecolor rgb dim
set tics nomirror out scale 0.5 font small
set grid linecolor rgb pale linewidth 0.6 linetype 1 dashtype 1
set errorbars 0.6
set key noautotitle font small
set xlabel offset 0,0.7 font small
set label 1 title at screen across(10),down(20) left \
	font sprintf("sans-serif:Bold,%d", large + 1)
set label 2 caption at screen across(10),down(22 * lines(title) + 18) left \
	font small textcolor rgb dim
set label 4 note at screen across(10),down(height - 18 * lines(note) + 8) left \
	font small textcolor rgb dim
set lmargin at screen across(left)
set rmargin at screen across(width - right)
set tmargin at screen down(top + above)
set bmargin at screen down(top + above + body)
if (exists("rows")) {
	set yrange [rows + 0.6 : 0.4]
	set ytics ()
	do for [i = 1:rows] { set ytics add (label[i] i) }
	set grid xtics ytics
}
