# SPDX-License-Identifier: GPL-3.0-or-later
# A logarithmic axis of times from least to most (ns), span pixels long.
low = decade_below(least)
high = decade_above(most)
high = high > low ? high : low + 1
step = ceil((high - low + 1) * 50.0 / span)
set logscale x 10
set xrange [0.999 * 10.0 ** low : 1.001 * 10.0 ** high]
set xtics ()
do for [e = low : high] {
	set xtics add ((e - low) % step == 0 ? tell(10.0**e) : "" 10.0**e)
	do for [m = 2:9] { set xtics add ("" m * 10.0**e 1) }
}
