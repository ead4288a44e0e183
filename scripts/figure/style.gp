# SPDX-License-Identifier: GPL-3.0-or-later
# What all figures share, before their data are looked at. Each is run in this
# folder as
#   gnuplot -c FIGURE.gp DATA.tsv OUT.svg|OUT.pdf TITLE CAPTION1 CAPTION2 [ALL.tsv]
# takes over its arguments, loads this file, looks at its data, sets body (the
# pixels that its axes are high) and what else frame.gp lists, and loads that.
# ALL.tsv holds the rows of all runs that stand side by side: axes span those.
#
# A figure is as wide as a column of a paper, 8.4 cm, where its letters are of 7
# and 8 points; so it also fits a telephone.
set encoding utf8
set datafile separator "\t"
set datafile columnheaders
width = 420
large = 14
little = 12
small = sprintf("sans-serif,%d", little)

# Places by pixels from the left and from the top; characters are estimated.
across(px) = px / (1.0 * width)
down(px) = 1 - px / (1.0 * height)
em = 6.9
em_large = 8

# Text in lines of at most n characters, broken at blanks where there are any.
blank(s, n) = n < 1 ? 0 : s[n:n] eq " " ? n : blank(s, n - 1)
cut(k, s, n) = k < 2 ? s[1:n]."\n".wrap(s[n + 1:*], n) : \
	s[1:k - 1]."\n".wrap(s[k + 1:*], n)
wrap(s, n) = strstrt(s, "\n") ? wrap(first(s), n)."\n". \
	wrap(s[strstrt(s, "\n") + 1:*], n) : \
	strlen(s) <= n ? s : cut(blank(s, n + 1), s, n)
lines(s) = s eq "" ? 0 : \
	strstrt(s, "\n") ? 1 + lines(s[strstrt(s, "\n") + 1:*]) : 1
first(s) = strstrt(s, "\n") ? s[1:strstrt(s, "\n") - 1] : s
greater(a, b) = a > b ? a : b
broadest(s) = strstrt(s, "\n") ? greater(strlen(first(s)), \
	broadest(s[strstrt(s, "\n") + 1:*])) : strlen(s)

# The decades around a range of values, so that each axis has two marks.
decade_below(x) = floor(log10(x) + 1e-9)
decade_above(x) = ceil(log10(x) - 1e-9)
tell(ns) = ns < 1e3 ? sprintf("%g ns", ns) : \
	ns < 1e6 ? sprintf("%g µs", ns / 1e3) : \
	ns < 1e9 ? sprintf("%g ms", ns / 1e6) : sprintf("%g s", ns / 1e9)
bytes(b) = b < 2**20 ? sprintf("%g KiB", b / 2.0**10) : \
	b < 2**30 ? sprintf("%g MiB", b / 2.0**20) : \
	sprintf("%g GiB", b / 2.0**30)

# The least of 1, 2, 5, 10 ... that is not below x: steps of linear axes.
decade(x) = 10.0 ** floor(log10(x) + 1e-9)
nice(x) = (x <= 1.0001 * decade(x) ? 1 : x <= 2.0001 * decade(x) ? 2 : \
	x <= 5.0001 * decade(x) ? 5 : 10) * decade(x)

# The colours of scripts/views.sql, and greys for what is no strategy.
blue = 0x0072B2
red = 0xD55E00
green = 0x009E73
pink = 0xCC79A7
ink = 0x1A1A1A
dim = 0x555555
pale = 0xDDDDDD
paper = 0xFFFFFF
