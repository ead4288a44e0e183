#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Figures of a run made by hand, whose every answer can be worked out on paper:
# what they say is what follows from the numbers.
. "${top_srcdir:-.}/tests/lib.sh"
for tool in gnuplot sqlite3; do
	command -v $tool >/dev/null || skip "$tool is not installed"
done
report=$top_srcdir/scripts/report
run=$work/run
mkdir "$run"
echo '{"host": "paper", "kernel": "6.0", "cpu_model": "none", "page_bytes": 4096,
	"huge_page_bytes": 2097152, "cpus": 4}' >"$run/machine.json"
# Medians in ns; fields are separated by |, for the eye.
tr '|' '\t' >"$run/summary.tsv" <<'EOT'
point|workload|strategy|backing|rss_bytes|child|page|threads|timing|parameters|metric|unit|n|blocks|median|median_lo|median_hi|p25|p75|p99|max|minflt_expected|minflt|verdict
1|spawn|fork|none|0|exit|||||spawn_ns|ns|40|3|20000|19000|21000|19000|22000|30000|80000|||ok
2|start|fork|none|0|exit|||||start_ns|ns|40|3|30000|29000|31000|29000|31000|40000|50000|||ok
3|wait|fork|none|0|exit|||||wait_ns|ns|40|3|40000|39000|41000|39000|41000|50000|60000|||ok
4|start|fork|none|0|exec|||||start_ns|ns|40|3|80000|79000|81000|79000|81000|90000|90000|||ok
5|wait|fork|none|0|exec|||||wait_ns|ns|40|3|100000|99000|101000|99000|101000|110000|120000|||ok
6|start|clone3|none|0|exit|||||start_ns|ns|40|3|50000|49000|51000|49000|51000|60000|60000|||ok
7|wait|clone3|none|0|exit|||||wait_ns|ns|40|3|45000|44000|46000|44000|46000|60000|60000|||ok
8|spawn|fork|anon|4194304|exit|||||spawn_ns|ns|40|3|2000|1900|2100|1900|2100|2500|3000|||ok
9|spawn|fork|anon|8388608|exit|||||spawn_ns|ns|40|3|3000|2900|3100|2900|3100|3500|4000|||ok
10|spawn|fork|anon|16777216|exit|||||spawn_ns|ns|40|3|5500|5400|5600|5400|5600|6000|7000|||ok
11|zero_read||anon|4194304|||1|batch||op_ns|ns|40|3|500|490|510|490|510|600|700|1024|1024|ok
12|zero_upgrade||anon|4194304|||1|batch||op_ns|ns|40|3|1500|1480|1520|1490|1510|1600|1700|1024|1024|ok
13|zero_fill||anon|4194304|||1|batch||op_ns|ns|40|3|1000|990|1010|990|1010|1100|1200|1024|1024|ok
14|zero_fill||thp|4194304|||1|batch||op_ns|ns|40|3|80000|79000|81000|79000|81000|90000|99000|2|2|ok
15|cow|fork|anon|4194304|||1|batch||op_ns|ns|40|6|2000|1990|2010|1990|2010|2100|2200|1024|1024|ok
16|cow|fork|anon|4194304|||2|batch|threads=2|op_ns|ns|40|6|1250|1240|1260|1240|1260|1300|1400|1024|1030|disagrees
15|cow|fork|anon|4194304|||1|batch||instructions:k|per fault|40|3|400|390|410|||||1024|1024|ok
13|zero_fill||anon|4194304|||1|batch||instructions:k|per fault|40|3|100|90|110|||||1024|1024|ok
15|cow|fork|anon|4194304|||1|batch||major-faults|per fault|40|3|0|0|0|||||1024|1024|ok
EOT
awk -F'\t' -v OFS='\t' 'NR == 1 { print $1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
		"model_faults", "model_copied", "model_zeroed", "status", "reason"; next }
	!seen[$1]++ { print $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $22,
		$2 == "cow" ? 1024 : 0, 0, "measure", "" }' \
	"$run/summary.tsv" >"$run/plan.tsv"
# Fork against 10, 20 and 40 pages of page tables: 1000 ns and 90, 100 and 110 ns a
# page, in a round each.
awk -v OFS='\t' -v dir="$run" 'BEGIN {
	print "point", "round", "block", "status", "samples", "pte_kib",
		"private_pages" >(dir "/blocks.tsv")
	print "point", "round", "block", "metric", "n", "median" >(dir "/quantiles.tsv")
	for (r = 1; r <= 6; r++)
		for (p = 1; p <= 16; p++) {
			pages = p == 8 ? 10 : p == 9 ? 20 : 40
			if (p < 15 && r > 3)
				continue
			print p, r, ++b, "ok", 5, (p > 7 && p < 11 ? 4 * pages : ""),
				(p > 14 ? 1024 : "") >(dir "/blocks.tsv")
			if (p > 7 && p < 11)
				print p, r, b, "spawn_ns", 20,
					1000 + (80 + 10 * r) * pages >(dir "/quantiles.tsv")
			if (p > 14)
				print p, r, b, "op_ns", 20,
					((p == 15 ? 2000 : 1250) * (1 + r % 3)) >(dir "/quantiles.tsv")
		}
	print "point", "round", "block", "sample", "spawn_ns", "batch_ns", "ops",
		"marks" >(dir "/samples.tsv")
	# Five that count, one that failed, and one of a block that was cut short.
	for (i = 1; i <= 5; i++)
		print 1, 1, 1, i, (i < 5 ? 20000 : 200000), "", "", "" >(dir "/samples.tsv")
	print 1, 1, 1, 6, 20000, "", "", "preempted,failed:status" >(dir "/samples.tsv")
	print 15, 1, 15, 1, "", 4000, 2, "" >(dir "/samples.tsv")
	print 1, 9, 999, 1, 20000, "", "", "" >(dir "/samples.tsv")
}'

touch "$run/summary.tsv" # or it would be made again, of these samples
expect 0 '' "$report" "$run"
[ ! -s "$work/err" ] || fail "the report complains: $(cat "$work/err")"
# says SENTENCE: the page does, its spaces being any.
sed 's/&#160;/ /g' "$run/report/index.html" >"$work/page"
says() {
	grep -Fq -- "<li>$1</li>" "$work/page" || fail "the page does not say: $1"
}
for figure in distribution latency anatomy fork-fit fork-size zero huge scaling \
	counters model faults; do
	grep -q '</svg>' "$run/report/$figure.svg" || fail "no whole $figure.svg"
done

says 'Of the 100 µs from the call to reaping a child of fork that does exec, 30 % pass before it runs, 50 % in exec, 20 % in its end and reaping.'
says 'Of the 40.0 µs from the call to reaping a child of fork that does exit, 75 % pass before it runs, 25 % in its end and reaping.'
says '1 bar is left out, for medians that were measured apart do not stand in order: clone3 + exit.'
says 'fork on anon: 100 ns by the page of page tables, 95 %: 75.2 … 125; that is 0.195 ns by each of the 512 pages that it can map; the line misses its points by up to 9.1 %.'
says 'On anon, memory that is read first and written later costs 2.00 µs a page, 2.00 times what a write at once does (their intervals lie apart).'
says 'The first write to a fresh page takes 4 KiB with 4 KiB pages (anon) and 2 MiB with 2 MiB pages (thp), 512 times as much.'
says 'cow after fork, anon: 2 threads take 1.60 times the faults of one in the same time (95 %: 1.6 … 1.6), so they gain.'
says 'instructions:k per fault: from 100 (zero_fill, anon (4 MiB)) to 400 (cow after fork, anon (4 MiB)).'
says 'At all points 0: major-faults.'
says "The model's count is the measured one at 5 of 6 points (faults of a sample); the farthest off is cow after fork, threads=2 ‡, anon, 4 MiB with 1030 instead of 1024."
says "The model's count is the measured one at 2 of 2 points (pages copied or cleared)."
says 'The middle half of samples spans from 2.02 % (wait of fork + exec) to 15.8 % (spawn of fork + exit) of its lower end.'
says 'The longest sample of all took 0.08 ms (spawn of fork + exit), 4 times the median there.'

# Bins: 20 µs is in the 172nd fortieth of a decade, 2 µs in the 132nd.
bins=$(sqlite3 "$run/report/.cache/run.db" \
	'SELECT point, metric, bin, samples FROM bins ORDER BY point, bin' | tr '\n' ' ')
[ "$bins" = '1|spawn_ns|172|4 1|spawn_ns|212|1 15|op_ns|132|1 ' ] ||
	fail "bins are: $bins"

# Where a level has no interval, no line has one, and none is claimed.
awk -F'\t' -v OFS='\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i ~ /^median_/) cut[i] }
	NR > 1 { for (i in cut) $i = "" } 1' "$run/summary.tsv" >"$work/bare"
mv "$work/bare" "$run/summary.tsv"
sed -i '/^[0-9]*	[2-9]/d' "$run/quantiles.tsv"
expect 0 '' "$report" "$run"
[ ! -s "$work/err" ] || fail "the report complains: $(cat "$work/err")"
sed 's/&#160;/ /g' "$run/report/index.html" >"$work/page"
says 'fork on anon: 90 ns by the page of page tables; that is 0.176 ns by each of the 512 pages that it can map; the line misses its points by up to 16 %.'
says 'cow after fork, anon: 2 threads take 1.60 times the faults of one in the same time.'
says 'On anon, memory that is read first and written later costs 2.00 µs a page, 2.00 times what a write at once does.'
end
