# SPDX-License-Identifier: GPL-3.0-or-later
# One row a line of the data, of columns y and label: wraps the labels, and sets
# rows, label[], tall (pixels a row), left and body; frame.gp draws them.
stats data using (column("y")) name "Y" nooutput
rows = int(Y_max)
array label[rows]
longest = 6
most_lines = 1
if (!exists("marks_a_row")) { marks_a_row = 1 }
if (!exists("broad")) { broad = 23 }
stats data using (k = int(column("y")), \
	label[k] = wrap(stringcolumn("label"), broad), \
	longest = greater(longest, broadest(label[k])), \
	most_lines = greater(most_lines, lines(label[k])), k) nooutput
tall = greater(7 + 14 * most_lines, 8 + 9 * marks_a_row)
left = 24.0 + em * longest
body = tall * rows + 4
