# SPDX-License-Identifier: GPL-3.0-or-later
# Above the axes: legends of them, of legend[], mark[] and grey[], in
# legend_columns (1 unless set); after frame.gp. Before it, above should be
# legend_high(legends).
if (!exists("legend_columns")) { legend_columns = 1 }
legend_wide = (width - 20.0) / legend_columns
do for [i = 1:legends] {
	set label 20 + i legend[i] at screen \
		across(14 + (i - 1) % legend_columns * legend_wide), \
		down(top + 8 + 18 * ((i - 1) / legend_columns)) left font small \
		offset character 1.2,-0.1 \
		point pointtype mark[i] pointsize 0.8 linecolor rgb grey[i]
}
