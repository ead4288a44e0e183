# SPDX-License-Identifier: GPL-3.0-or-later
# Counts a run's samples in bins: prints point, metric, bin, samples.
# Usage: awk -f bins.awk blocks.tsv samples.tsv
#
# A bin is a fortieth of a decade wide (6 %), so that logarithmic axes show all
# alike: bin k holds 10^(k/40) to 10^((k+1)/40) ns. Left out are samples of blocks
# that are not whole, and those that failed their proof. Batches are taken by the
# operation, as in summary.tsv.
BEGIN {
	FS = OFS = "\t"
	wide = 40 / log(10)
	print "point", "metric", "bin", "samples"
}

FNR == 1 {
	file++
	split("", at)
	for (i = 1; i <= NF; i++)
		at[$i] = i
	if (file == 2)
		for (i = 1; i <= NF; i++)
			if ($i ~ /_ns$/) {
				column[++columns] = i
				metric[columns] = $i == "batch_ns" ? "op_ns" : $i
				batch[columns] = $i == "batch_ns" ? at["ops"] : 0
			}
	next
}

file == 1 {
	if ($at["status"] == "ok")
		whole[$at["block"]]
	next
}

($at["block"] in whole) && $at["marks"] !~ /failed/ {
	for (i = 1; i <= columns; i++) {
		ns = $column[i]
		if (ns <= 0)
			continue
		if (batch[i] && $batch[i] > 0)
			ns /= $batch[i]
		if (ns >= 1)
			count[$at["point"] OFS metric[i] OFS int(log(ns) * wide)]++
	}
}

END {
	for (k in count)
		print k, count[k]
}
