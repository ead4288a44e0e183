#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A short real run yields a report whose every figure and table is there, and
# odd runs yield one that says what is missing.
. "${top_srcdir:-.}/tests/lib.sh"
for tool in gnuplot sqlite3; do
	command -v $tool >/dev/null || skip "$tool is not installed"
done
fm=$FORKMETER report=$top_srcdir/scripts/report

run="$work/a run"
# An ordinary user waits seconds for memory that eager has pinned.
"$fm" run spawn start wait --rounds 6 --samples 10 --rss 0,2M,8M \
	--strategy fork,_Fork,clone3,vfork,clone_vm,posix_spawn,system,thread \
	--out "$run" >/dev/null 2>&1 || fail 'no run'
expect 0 '' "$report" "$run"
[ ! -s "$work/err" ] || fail "the report complains: $(cat "$work/err")"
[ "$(cat "$work/out")" = "$run/report/index.html" ] ||
	fail 'stdout is not the page'
for figure in latency fork-size; do
	[ -s "$run/report/$figure.svg" ] || fail "no $figure.svg"
	grep -q "</svg>" "$run/report/$figure.svg" || fail "$figure.svg is torn"
done
grep -q 'posix_spawn' "$run/report/latency.svg" || fail 'a strategy is missing'
for table in latency distribution size floor skipped; do
	[ -s "$run/report/$table.md" ] || fail "no $table.md"
	[ -s "$run/report/$table.csv" ] || fail "no $table.csv"
	grep -q '^.bottomrule' "$run/report/$table.tex" || fail "no $table.tex"
done
page=$run/report/index.html
[ "$(grep -c '<svg' "$page")" -eq "$(find "$run/report" -name '*.svg' | wc -l)" ] ||
	fail 'figures are not on the page'
grep -Eq '(src|href)="?(https?:)?//' "$page" && fail 'the page asks the network'
grep -q "$(uname -r)" "$page" || fail 'the page does not name the kernel'
grep -q 'times as much (95 %: [0-9.e+]* … [0-9.e+]*)' "$page" ||
	fail 'the page does not say how well it knows the ratio'
# Where nobody knows how well, it does not claim to.
few=$work/few
cp -rp "$run" "$few"
sed -i 1q "$few/quantiles.tsv"
expect 0 '' "$report" "$few"
grep -q 'times as much\.' "$few/report/index.html" ||
	fail 'no ratio without an interval'
grep -q '95 %: 0 … 0' "$few/report/index.html" && fail 'an interval of nothing'
# The table's numbers are the run's: fork + exit, wait.
want=$("$fm" show "$run" --format tsv --metric wait_ns --where strategy=fork \
	--where child=exit --where rss_bytes=0 >"$work/row" &&
	column "$work/row" median)
awk -v want="$want" 'BEGIN { exit !(want > 0) }' || fail 'no median to find'
have=$(awk -F, 'NR > 1 && $1 == "fork" && $2 == "exit" { print $9, $10, $11 }' \
	"$run/report/latency.csv")
# Rounded to the second digit of the half width, so off by a tenth of it at most.
awk -v want="$want" -v have="$have" 'BEGIN {
	split(have, x, " "); d = x[1] * 1e3 - want; most = (x[3] - x[2]) * 1e3 / 20
	exit !(x[1] > 0 && most > 0 && d <= most && d >= -most) }' ||
	fail "latency.csv says $have us, not $want ns"
find "$run/report" -name '*.part' | grep -q . && fail 'parts are left'

# Where a run has counters, they have a table.
[ ! -e "$run/report/counters.csv" ] || fail 'a table of counters, without any'
counted=$work/counted
cp -r "$run" "$counted"
awk -F'\t' -v OFS='\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
	{ print }
	$at["metric"] == "wait_ns" && !done++ {
		$at["metric"] = "instructions:k"; $at["unit"] = "per child"
		$at["median"] = 1234.5; $at["median_lo"] = 1230.5
		$at["median_hi"] = 1238.5; print }' "$run/summary.tsv" \
	>"$counted/summary.tsv"
expect 0 '' "$report" "$counted"
grep -q ',instructions:k,per child,1234.5,1230.5,1238.5,' \
	"$counted/report/counters.csv" || fail 'no counters'
# Only what is out of date is made again; the scripts are a copy to change.
cp -r "$top_srcdir/scripts" "$work/scripts"
chmod -R u+w "$work/scripts"
made() { # COMMAND...: which files of the report it wrote
	touch "$work/before"
	sleep 0.02
	"$@" >/dev/null || fail "status $?: $*"
	find "$run/report" -maxdepth 1 -type f -newer "$work/before" |
		sed 's:.*/::' | sort | tr '\n' ' '
}
wrote() { # WANTED COMMAND...
	wanted=$1
	shift
	did=$(made "$@")
	[ "$did" = "$wanted" ] || fail "wrote '$did', not '$wanted': $*"
}
copy=$work/scripts/report
"$copy" "$run" >/dev/null || fail 'the copied scripts fail'
pdf=
[ ! -e "$run/report/latency.pdf" ] || pdf='latency.pdf '
wrote 'index.html ' "$copy" "$run"
touch "$work/scripts/figure/latency.gp"
wrote "$pdf"'latency.svg ' "$copy" --only figures "$run"
rm "$run/report/latency.svg"
wrote "index.html $pdf"'latency.svg ' "$copy" "$run"
touch "$work/scripts/table/floor.sql"
wrote '' "$copy" --only figures "$run"
did=$(made "$copy" --only tables "$run")
case $did in *floor.csv*) ;; *) fail "the table is not made: $did" ;; esac
case $did in *latency* | *index*) fail "too much is made: $did" ;; esac
touch "$run/plan.tsv"
did=$(made "$copy" "$run")
case $did in *floor.csv*index.html*latency.svg*) ;; *) fail "new data, but only: $did" ;; esac

faults=$work/faults
"$fm" run cow zero_fill zero_read --rss 2M --rounds 1 --samples 5 \
	--out "$faults" >/dev/null 2>&1 || fail 'no run of faults'
expect 0 '' "$report" "$faults"
[ -s "$faults/report/faults.svg" ] || fail 'no faults.svg'
[ ! -e "$faults/report/fork-size.svg" ] || fail 'a figure without data'
[ -s "$faults/report/faults.md" ] || fail 'no faults.md'

# A run made by hand, whose every answer can be worked out on paper: medians in
# ns, counts of faults, bins. Fields are separated by |, for the eye.
known=$work/known
mkdir "$known"
echo '{"host": "paper", "kernel": "6.0", "cpu_model": "none", "page_bytes": 4096,
	"huge_page_bytes": 2097152}' >"$known/machine.json"
tr '|' '\t' >"$known/all" <<'EOT'
point|workload|strategy|backing|rss_bytes|child|fraction|descriptors|mechanism|handler|parameters|metric|n|blocks|median|median_lo|median_hi|mean|p90|p99|p999|max|minflt_expected|minflt|extra|verdict
1|cow|fork|anon|8388608||100|||||op_ns|60|3|2000|1800|2200|2000|||||2048|2048|0|ok
2|zero_fill||anon|8388608||100|||||op_ns|60|3|1000|900|1100|1000|||||2048|2048|0|ok
3|last_owner|fork|anon|8388608||100|||||op_ns|60|3|1200|1100|1300|1200|||||2048|2048|0|ok
4|cow|fork|thp|8388608||100|||||op_ns|60|3|2000|1800|2200|2000|||||2048|2047|0|disagrees
5|wait|fork|anon|8388608|touch:0||0||||wait_ns|60|3|1000000|990000|1010000|1000000||||||||ok
6|wait|fork|anon|8388608|touch:50||0||||wait_ns|60|3|2000000|1990000|2010000|2000000||||||||ok
7|wait|fork|anon|8388608|touch:100||0||||wait_ns|60|3|3000000|2990000|3010000|3000000||||||||ok
8|wait|vfork|anon|8388608|touch:0||0||||wait_ns|60|3|2500000|2490000|2510000|2500000||||||||ok
9|wait|vfork|anon|8388608|touch:50||0||||wait_ns|60|3|2500000|2490000|2510000|2500000||||||||ok
10|wait|vfork|anon|8388608|touch:100||0||||wait_ns|60|3|2500000|2490000|2510000|2500000||||||||ok
11|spawn|fork|none|0|exit||0||||spawn_ns|60|3|30000|27000|33000|30000||||||||ok
12|spawn|fork|none|0|exit||1000|||descriptors=1000|spawn_ns|60|3|50000|46000|54000|50000||||||||ok
13|wait|fork|none|0|exec||0||||wait_ns|60|3|80000|79000|81000|80000||||||||ok
14|exec|fork|none|0|exec||||||exec_ns|60|3|60000|59000|61000|60000||||||||ok
15|user_cow||anon|4194304||100||mprotect|same||op_ns|60|3|6000|5900|6100|6000||||||0|0|ok
16|cow|fork|thp|8388608||100||||timing=single|op_ns|60|3|2100|2000|2200|2100|||||2048|2048|0|ok
16|cow|fork|thp|8388608||100||||timing=single|touch_ns|122640|3|2000|1900|2100|2000|3000|4000|9000|50000||||ok
16|cow|fork|thp|8388608||100||||timing=single|first_touch_ns|240|3|14000|13000|15000|14000|16000|19000|20000|20000||||ok
17|spawn|fork|anon|8388608|exit||0||||spawn_ns|60|3|90000|80000|100000|90000||||||||ok
18|spawn|fork|thp|8388608|exit||0||||spawn_ns|60|3|40000|30000|50000|40000||||||||ok
19|spawn|fork|zero|8388608|exit||0||||spawn_ns|60|3|30000|25000|35000|30000||||||||ok
20|cow|fork|anon|8388608||100||||timing=single|touch_ns|122640|3|1000|900|1100|1000||||||||ok
EOT
cut -f 1-11 "$known/all" | awk -F'\t' '!seen[$1]++' >"$known/points"
awk -F'\t' -v OFS='\t' 'NR == 1 { print $0, "model_faults", "model_copied",
	"model_zeroed", "model_frames", "status", "reason"; next }
	{ print $0, "", $1 == 1 ? 2048 : "", $1 == 1 ? 0 : "",
	$1 == 1 ? 4096 : "", "measure", "" }' "$known/points" >"$known/plan.tsv"
awk -F'\t' -v OFS='\t' 'NR == 1 { print "point", "round", "block", "status",
	"samples", "setup_ns", "populate_ns", "first_ns", "private_pages",
	"kernel_write", "measure_ns", "settings"; next }
	{ print $1, 1, $1, "ok", 60, 3e9, 2e9, 1e9, $1 == 1 ? 2048 : "",
	$1 == 15 ? "EFAULT" : "", 6e9, $1 == 4 ? "x/enabled=1 y/number+=2" : "" }' \
	"$known/points" >"$known/blocks.tsv"
echo '16|1|99|touch_ns|1|2|7' | tr '|' '\t' >"$work/uncommitted"
tr '|' '\t' >"$known/histograms.tsv" <<'EOT'
point|round|block|metric|from_ns|below_ns|count
16|1|16|touch_ns|1900|2000|122000
16|1|16|touch_ns|9000|9100|640
16|1|16|first_touch_ns|14000|15000|240
EOT
cat "$work/uncommitted" >>"$known/histograms.tsv"
cp "$known/all" "$known/summary.tsv"
# Rounds differ by up to 3 times, which pairs do not see. up: 1.1 or 1 / 1.1.
# cow by zero_fill: 2 * up, three rounds each, and a round that is cow's alone;
# zero_fill by last_owner: up / 1.2, five rounds each, and one 100 times more
# and one 10 times less, which are trimmed.
awk -v OFS='\t' 'function block(point, metric, median) {
	print point, i, 100 * point + i, metric, 20, median
}
BEGIN {
	print "point", "round", "block", "metric", "n", "median"
	for (i = 1; i <= 12; i++) {
		f = 1 + i % 3
		up = i % 2 ? 1.1 : 1 / 1.1
		block(2, "op_ns", 1000 * f)
		block(3, "op_ns", 1200 * f / (i < 11 ? up : i == 11 ? 100 : 0.1))
		if (i > 6)
			continue
		block(1, "op_ns", 2000 * f * up)
		block(16, "touch_ns", 2000)
		block(20, "touch_ns", 1000)
		if (i < 6)
			block(16, "first_touch_ns", 14000)
		for (k = 0; k < 3; k++) {
			block(5 + k, "wait_ns", (1 + k) * 1e6 * f)
			block(8 + k, "wait_ns", 2.5e6 * f)
		}
	}
	i = 20
	block(1, "op_ns", 9e6)
}' >"$known/quantiles.tsv"
rm "$known/all" "$known/points"
expect 0 '' "$report" "$known"
[ ! -s "$work/err" ] || fail "the report complains: $(cat "$work/err")"

# said TABLE LINE: that line is in it, quotes left out.
said() {
	tr -d '"' <"$known/report/$1.csv" | grep -Fqx -- "$2" ||
		fail "$1.csv does not say '$2': $(cat "$known/report/$1.csv")"
}
lacks() {
	[ ! -e "$known/report/$1" ] || fail "$1 is there, without data"
}
said relations 'A copy-on-write fault of a base page costs more than a zero-fill,holds,2.00,1.79,2.23,,above 1,cow, anon, 8 MiB: 2.00 µs,zero_fill, anon, 8 MiB: 1.00 µs'
said relations 'A zero-fill costs more than the fault of the last owner,does not hold,0.833,0.770,0.902,,above 1,zero_fill, anon, 8 MiB: 1.00 µs,last_owner, anon, 8 MiB: 1.20 µs'
said relations 'To write all of a shared huge page takes a fault for each base page,does not hold,0.999512,,,,exactly 1,cow, thp, 8 MiB: faults by the huge page: 511.75,base pages of a huge page: 512'
said relations 'A copy-on-write fault of a hugetlb page copies all of it,not measured,,,,,exactly 1,,'
said relations 'The rest of that huge page costs what base pages do,does not hold,2.00000,1.99932,2.00068,,0.8 to 1.25,cow, thp, 8 MiB: 2.00 µs,cow, anon, 8 MiB: 1.00 µs'
said relations "The first write into a shared huge page costs several times a base page's,not decided,14.0,,,rounds of both: 5, not 6,above 2,cow, thp, 8 MiB: 14.0 µs,cow, anon, 8 MiB: 1.00 µs"
said disagreements 'cow,fork,thp,8 MiB,,2047,2048,-1,60,3,0'
said faults 'cow after fork,anon,8 MiB,2.00,1.80,2.20,2000,1,2048,2048,2048,0,4096,2048,60,3,0,'
said faults 'cow after fork ‡,thp,8 MiB,2.00,1.80,2.20,2000,1,2047,2048,,,,,60,3,0,'
said crossings 'fork,vfork †,anon,8 MiB,75.0,2500,50 … 100,yes'
said burden 'descriptors,1000,spawn,fork,exit,none,0,50.0,46.0,54.0,20.0,15.0,25.0,20.0'
said latency 'fork,exec,,,,,,,80.0,79.0,81.0,,,,60.0,59.0,61.0,75.0'
said user-cow 'mprotect,same,,anon,4 MiB,6.00,5.90,6.10,2.00 µs at 8 MiB,3.00,0,EFAULT'
said singles 'cow after fork,thp,8 MiB,first in each large page,240,3,14000,13000,15000,16000,19000,,20000'
said singles 'cow after fork,thp,8 MiB,the rest,122640,3,2000,1900,2100,3000,4000,9000,50000'
said distribution 'spawn,fork,exit,60,,,,30.0,27.0,33.0,,,,,'
said model 'cow after fork, anon, 8 MiB,,,2048,2048,yes'
said settings 'x/enabled,1,1,1,fork,thp'
said settings 'y/number,+=2,1,1,fork,thp'
said setup 'zero_fill,8 MiB,1,10.0,20.0,20.0,60.0,1.23,60.0,anon'
for figure in latency fork-backing faults singles writes burden; do
	[ -s "$known/report/$figure.svg" ] || fail "no $figure.svg of what is known"
done
lacks fork-size.svg
lacks counters.csv
lacks fault-backing.svg
page=$known/report/index.html
grep -q '>fork is cheaper than vfork.* up to 75 % ' "$page" || fail 'the page does not say where the lines cross'
grep -q '100 % <\|>100 %<' "$known/report/singles.svg" || fail 'no whole share'
grep -q 'At 4 of the 5 measured points' "$page" ||
	fail 'the page does not count the disagreement'

# The same run without what disagrees, and from before there were histograms.
sed -i 's/disagrees/ok/' "$known/summary.tsv"
rm -r "$known/histograms.tsv" "$known/report"
expect 0 '' "$report" "$known"
lacks disagreements.csv
lacks singles.svg
grep -q 'none: at 5 of the 5 measured points' "$known/report/index.html" ||
	fail 'the page does not say that nothing disagrees'

# A run that stopped by its precision has wider intervals: t(0.9785; 5) = 2.696.
sed -i 's/"host"/"precision": 0.02, "host"/' "$known/machine.json"
expect 0 '' "$report" "$known"
grep -q ',holds,2.00,1.78,2.24,' "$known/report/relations.csv" ||
	fail "not wider: $(cat "$known/report/relations.csv")"

# Without what the blocks say there is no interval, and no verdict.
rm "$known/quantiles.tsv"
sed -n 's/^17	spawn	fork	anon/21	spawn	fork	memfd_shared/p
	s/^18	spawn	fork	thp	8388608/22	spawn	fork	memfd_shared	4194304/p' \
	"$known/summary.tsv" >"$work/shared"
cat "$work/shared" >>"$known/summary.tsv"
expect 0 '' "$report" "$known"
said relations 'A copy-on-write fault of a base page costs more than a zero-fill,not decided,2.00,,,no quantiles.tsv,above 1,cow, anon, 8 MiB: 2.00 µs,zero_fill, anon, 8 MiB: 1.00 µs'
said relations 'Fork of a parent with shared memory (memfd_shared) hardly grows with it: 2 times the memory, less than twice the time,not decided,2.25,,,no quantiles.tsv,below 2,spawn, memfd_shared, 8 MiB: 90.0 µs,spawn, memfd_shared, 4 MiB: 40.0 µs'
said crossings 'fork,vfork †,anon,8 MiB,75.0,2500,50 … 100,no intervals'

# But where there are samples, it is made.
rm "$run/quantiles.tsv"
expect 0 '' "$report" "$run"
[ -s "$run/quantiles.tsv" ] || fail 'no quantiles.tsv was made'

# Two runs side by side: of another kernel, with one median doubled and one
# point less.
for side in 1 2; do
	cp -rp "$known" "$work/side$side"
	rm -r "$work/side$side/report"
	sed -i 's/"host"/"state_keys": "kernel", "host"/' "$work/side$side/machine.json"
done
sed -i 's/"6.0"/"6.1"/' "$work/side2/machine.json"
awk -F'\t' -v OFS='\t' '$1 == 13 { for (i = 15; i <= 17; i++) $i *= 2 } $1 != 12' \
	"$known/summary.tsv" >"$work/side2/summary.tsv"
expect 2 'by --out' "$report" "$work/side1" "$work/side2"
expect 0 '' "$report" --out "$work/both" "$work/side1" "$work/side2"
[ ! -s "$work/err" ] || fail "the report complains: $(cat "$work/err")"
[ "$(cat "$work/out")" = "$work/both/index.html" ] || fail 'stdout is not the page'
for file in index.html sides-2.svg 1/latency.svg 2/latency.svg 1/faults.csv; do
	[ -s "$work/both/$file" ] || fail "no $file of two runs"
done
lines=$(($(wc -l <"$known/summary.tsv") - 2))
grep -q "Of $lines lines that both runs have, 1 are more and 0 less" \
	"$work/both/index.html" || fail 'the page does not count what differs'
grep -q 'Farthest apart: wait after fork + exec, 2 times' "$work/both/index.html" ||
	fail 'the page does not say what differs most'
tr -d '\n' <"$work/both/index.html" |
	grep -q '<td>kernel</td><td class="n">6.0</td><td class="n">6.1</td>' ||
	fail 'the page does not say that the kernels differ'
grep -q 'href="1/latency.svg"' "$work/both/index.html" || fail 'a link lacks its folder'
[ ! -e "$work/side1/report" ] || fail 'a side has a report of its own'
# Axes are alike: in both figures the longest mark is that of the second.
grep -o '>[0-9]* [µm]*s<' "$work/both/1/latency.svg" | sort >"$work/marks1"
grep -o '>[0-9]* [µm]*s<' "$work/both/2/latency.svg" | sort >"$work/marks2"
[ -s "$work/marks1" ] || fail 'no marks'
cmp -s "$work/marks1" "$work/marks2" ||
	fail "axes differ: $(cat "$work/marks1" "$work/marks2" | tr '\n' ' ')"

# The least that can be measured, and what cannot be.
poor() { # ARGUMENTS OF RUN...
	rm -rf "$work/poor"
	"$fm" run "$@" --rounds 1 --samples 3 --out "$work/poor" >/dev/null 2>&1
	expect 0 '' "$report" "$work/poor"
	[ ! -s "$work/err" ] || fail "run $*: $(cat "$work/err")"
	grep -q '</html>' "$work/poor/report/index.html" || fail "run $*: no whole page"
	grep -q 'nan' "$work/poor"/report/*.svg && fail "run $*: a figure has no place"
}
poor null
poor spawn --strategy fork --rss 8M --child exit
poor start --strategy vfork --rss 0
poor wait --strategy fork --child touch:50 --rss 2M
poor cow --rss 2M --set threads=1,2
poor cow --rss 2M --set timing=single
# All samples of one point failed, and another was skipped.
sed -i '/^2	/s/	ok	[^	]*	/	broken	it "<broke>" \& more	/' "$work/poor/blocks.tsv"
sed -i '/^2	/d' "$work/poor/samples.tsv"
rm "$work/poor/summary.tsv"
expect 0 '' "$report" "$work/poor"
grep -q 'it &quot;&lt;broke&gt;&quot; &amp; more' "$work/poor/report/index.html" ||
	fail 'the page does not say why a block broke'

# A machine with awkward names, and a run that was torn.
odd=$work/odd
cp -r "$run" "$odd"
rm -r "$odd/report" "$odd/summary.tsv"
sed -i 's/"cpu_model": .*/"cpu_model": "A\&B <C> \\"D\\" 5% #1 _x_ '"'q'"'",/' \
	"$odd/machine.json"
printf '1\t9\t999' >>"$odd/blocks.tsv"
expect 0 '' "$report" "$odd"
grep -q 'A&amp;B &lt;C&gt;' "$odd/report/index.html" || fail 'not escaped'
grep -q '<C>' "$odd/report/index.html" && fail 'markup from the machine'
grep -q '<C>' "$odd/report/latency.svg" && fail 'markup in the figure'

expect 2 'no such option' "$report" --all
expect 2 'figures or' "$report" --only pages "$run"
expect 2 'no run is there\|no such run\|plan.tsv' "$report" "$work/nothing"
mkdir "$work/bin"
for tool in sh awk sed sqlite3 cat mkdir mv rm cp grep dirname basename mktemp \
	find tr cut head tail sort env ls; do
	ln -s "$(command -v $tool)" "$work/bin/" 2>/dev/null
done
expect 4 'gnuplot-nox' env PATH="$work/bin" "$report" "$run"
rm "$work/bin/sqlite3"
expect 4 'sqlite3' env PATH="$work/bin" "$report" "$run"
end
