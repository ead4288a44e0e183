#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# show --plot draws what the summary says, where it says it, and no wider than
# there is room.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER
unset COLUMNS NO_COLOR

# 1, 10 and 100 us, and one that fills the axis from end to end.
run=$work/run
mkdir "$run"
echo '{"host": "paper", "sources": {}}' >"$run/machine.json"
tr '|' '\t' >"$run/summary.tsv" <<'EOT'
point|workload|strategy|backing|rss_bytes|child|parameters|metric|unit|n|blocks|median|min|p99|histogram|verdict
1|wait|fork|none|0|exit||wait_ns|ns|60|3|1000|1000|1000|60,0,0,0|ok
2|wait|vfork|none|0|exit||wait_ns|ns|60|3|10000|10000|10000|60|ok
3|wait|thread|none|0|exit||wait_ns|ns|60|3|100000|100000|100000|60|ok
4|wait|popen|none|0|exit||wait_ns|ns|60|3|10000|1000|100000|15,30,0,15|ok
5|wait|system|none|0|exit||wait_ns|ns|60|3|10000|1000|100000|15,30,0,15|broken
6|wait|fork|thp|1048576|exec|descriptors=5|wait_ns|ns|60|3|2000000|1000000|9000000|1,1|ok
7|wait|fork|none|0|exit||instr:k|per fault|60|3|500|500|500|60|ok
EOT
cut -f 1-7 "$run/summary.tsv" | sed '1s/$/\tstatus/; 2,$s/$/\tmeasure/' \
	>"$run/plan.tsv"
for table in blocks samples quantiles stability noise slopes; do
	"$fm" list columns --format tsv | awk -F'\t' -v table=$table '
		$1 == table { printf "%s%s", gap, $2; gap = "\t" }
		END { print "" }' >"$run/$table.tsv"
done
touch -d '1 minute ago' "$run/blocks.tsv" "$run/samples.tsv"

plot() { # COLUMNS LC_ALL: into $work/out
	env COLUMNS="$1" LC_ALL="$2" "$fm" show "$run" --plot >"$work/out" \
		2>"$work/err" || fail "no plot: $(cat "$work/err")"
}

# 80 columns: 6 of labels, 2 of gap, 50 of plot, 22 of quantities.
plot 80 C
awk '
function glyphs(s) { s = substr(s, 9, 50); gsub(/ /, "", s); return s }
function at(s) { return match(substr(s, 9, 50), /[^ ]/) }
$1 == "fork" && /1 us/ { one = at($0); n += glyphs($0) == "@" }
$1 == "vfork" { ten = at($0); n += glyphs($0) == "@" }
$1 == "thread" { hundred = at($0); n += glyphs($0) == "@" }
$1 == "popen" { line = substr($0, 9, 50) }
$1 == "system" { broken = /BROKEN/ }
END {
	exit !(n == 3 && one == 1 && ten == 26 && hundred == 50 && broken &&
		line ~ /^=+[*=-]?@+[@#*=+:.-]? +[-=.:+*]?=+$/)
}' "$work/out" || fail "not where it must be: $(cat "$work/out")"
grep -q '^        |1 us  .*|10 us .*' "$work/out" || fail 'no axis'
grep -q '^wait_ns, child exec' "$work/out" || fail 'no section for exec'
grep -q '^fork thp 1M descriptors=5 ' "$work/out" || fail 'no label'
grep -q '1 lines are no times' "$work/err" || fail 'a count is lost silently'
# Not a character that the locale or a file would not have.
LC_ALL=C grep -q '[^ -~]' "$work/out" && fail 'not plain when piped'
for columns in 40 61 120; do
	plot $columns C
	awk -v columns=$columns 'length($0) > columns { exit 1 }
		length($0) == columns { full = 1 } END { exit !full }' \
		"$work/out" || fail "not as wide as $columns columns"
done
if [ "$(LC_ALL=C.UTF-8 locale charmap 2>/dev/null)" = UTF-8 ]; then
	plot 80 C.UTF-8
	grep -q '█' "$work/out" || fail 'no blocks in UTF-8'
	grep -q '@' "$work/out" && fail 'ASCII in UTF-8'
	grep -q "$(printf '\033')" "$work/out" && fail 'escapes in a pipe'
else
	echo 'skip UTF-8: the C library has no such locale'
fi

# On a terminal: as wide as it is, and in colour where that is wanted.
if command -v script >/dev/null; then
	on_terminal() { # WORDS: of env
		script -qec "stty cols 100 && env $* TERM=xterm LC_ALL=C '$fm' \
			show '$run' --plot" /dev/null </dev/null 2>&1 |
			tr -d '\r' >"$work/out"
	}
	on_terminal A=
	grep -q "$(printf '\033\\[31m')BROKEN" "$work/out" || fail 'no colour'
	on_terminal NO_COLOR=1
	grep -q "$(printf '\033')" "$work/out" && fail 'colour in spite of NO_COLOR'
	awk '/^(wait|fork|vfork|thread|popen)/ { n++; if (length($0) != 100) exit 1 }
		END { exit n < 5 }' "$work/out" || fail 'not as wide as the terminal'
else
	echo 'skip the terminal: no script(1)'
fi

expect 2 'plot is text' "$fm" show "$run" --plot --format csv
expect 2 'plot is text' "$fm" show "$run" --plot --machine
expect 2 'no such strategy' "$fm" show "$run" --plot --where strategy=spork
end
