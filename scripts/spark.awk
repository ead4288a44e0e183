# SPDX-License-Identifier: GPL-3.0-or-later
# Small drawings of series by time, "series<tab>svg" a line.
# Usage: awk -f spark.awk -v from=TIME -v to=TIME -v step=SECONDS MARKS NIGHTS
# MARKS: series, time, verdict of each shift. NIGHTS: series, time, value, by
# series and time. Times in seconds. What is further apart than usual is no line. A
# scale is at least 4 % high, so that noise does not look like more; and a few nights
# that are far off are cut, so that the others do not become a flat line.
BEGIN {
	FS = "\t"
	wide = 1500
	high = 240
	edge = 30
	span = to > from ? to - from : 1
}

function x(at) {
	return int(edge + (wide - 2 * edge) * (at - from) / span + 0.5)
}

function y(v) {
	v = v < least ? least : v > most ? most : v
	return int(high - edge - (high - 2 * edge) * (v - least) / (most - least) + 0.5)
}

function told(v) {
	return sprintf("%.3g", v)
}

# The range of all but the outer thirtieth, and as much again where there is more.
function set_scale(i, k, s, outer, range) {
	for (i = 1; i <= n; i++) {
		for (k = i; k > 1 && s[k - 1] > v[i]; k--)
			s[k] = s[k - 1]
		s[k] = v[i]
	}
	outer = int(n / 30) + (n > 10)
	range = s[n - outer] - s[1 + outer]
	least = s[1 + outer] - range > s[1] ? s[1 + outer] - range : s[1]
	most = s[n - outer] + range < s[n] ? s[n - outer] + range : s[n]
}

function draw(i, path, was_x, was_y, middle, marks, n_marks, part, words) {
	least = most = v[1]
	for (i = 2; i <= n; i++) {
		least = v[i] < least ? v[i] : least
		most = v[i] > most ? v[i] : most
	}
	words = n (n == 1 ? " night" : " nights") ", " told(least) " to " told(most)
	set_scale()
	middle = (least + most) / 2
	if (most - least < 0.04 * middle) {
		least = middle * 0.98
		most = middle * 1.02
	}
	for (i = 1; i <= n; i++) {
		if (i == 1 || at[i] - at[i - 1] > 1.75 * step)
			path = path "M" x(at[i]) " " y(v[i]) "h0"
		else
			path = path "l" x(at[i]) - was_x (y(v[i]) < was_y ? "" : " ") \
				y(v[i]) - was_y
		was_x = x(at[i])
		was_y = y(v[i])
	}
	n_marks = split(mark[series], part, " ")
	for (i = 1; i < n_marks; i += 2)
		if (part[i] >= from)
			marks = marks "<path class=\"" part[i + 1] "\" d=\"M" \
				x(part[i]) " 0v" high "\"/>"
	print series "\t<svg class=\"spark\" viewBox=\"0 0 " wide " " high \
		"\" data-series=\"" series "\" role=\"img\" aria-label=\"" words "\">" marks "<path d=\"" path \
		"\"/><circle cx=\"" was_x "\" cy=\"" was_y "\" r=\"28\"/></svg>"
}

NR == FNR && FILENAME == ARGV[1] {
	mark[$1] = mark[$1] $2 " " $3 " "
	next
}

$1 != series {
	if (n)
		draw()
	series = $1
	n = 0
}

{
	at[++n] = $2
	v[n] = $3
}

END {
	if (n)
		draw()
}
