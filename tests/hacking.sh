#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Follows HACKING's worked examples literally, in a copy of the tree: a new
# strategy, backing, workload, column and figure appear where they should.
. "${top_srcdir:-.}/tests/lib.sh"
for tool in autoreconf automake pkg-config; do
	command -v $tool >/dev/null || skip "$tool is not installed"
done

# Or the make in the copy would run what the make above us was told to.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES TESTS

tree=$work/tree
mkdir "$tree"
(cd "$top_srcdir" && tar -cf - --exclude=.git --exclude='results/*/*' \
	--exclude='*.o' --exclude='*.a' --exclude=autom4te.cache \
	Makefile.am configure.ac bootstrap README NEWS HACKING COPYING \
	.clang-format lib bench scripts results doc completion systemd tests) |
	tar -xf - -C "$tree" || fail 'the tree cannot be copied'
chmod -R u+w "$tree"
find "$tree" -name '.deps' -prune -exec rm -rf {} +
cd "$tree" || exit 99

# Cut HACKING's examples into files, and into lines put behind others.
awk -v blocks="$work" '
	/^-->8--$/ { file = ""; next }
	/^--8<-- / {
		n++
		file = blocks "/example-" n
		at = index($0, " after ")
		print (at ? substr($0, 8, at - 8) : substr($0, 8)) > file ".name"
		print (at ? substr($0, at + 7) : "") > file ".after"
		printf "" > file
		next
	}
	file != "" { print > file }' HACKING
examples=0
for example in "$work"/example-*[0-9]; do
	examples=$((examples + 1))
	name=$(cat "$example.name")
	# Somebody kept this one: it is in the tree, as it stands or changed.
	if [ -s "$example.after" ] && [ -n "$(cat "$example.after")" ]; then
		grep -qF "$(head -n 1 "$example" | sed 's/[ \\]*$//')" "$name" &&
			continue
	elif [ -e "$name" ]; then
		continue
	fi
	if [ -s "$example.after" ] && [ -n "$(cat "$example.after")" ]; then
		awk -v text="$(cat "$example.after")" -v add="$example" '
			{ print }
			!done && index($0, text) {
				done = 1
				while ((getline line < add) > 0) print line
			}
			END { exit !done }' "$name" >"$name.new" ||
			fail "HACKING: nothing in $name to put a line behind"
		mv "$name.new" "$name"
	else
		cp "$example" "$name"
	fi
done
[ "$examples" -ge 7 ] || fail "only $examples examples found in HACKING"

{ ./bootstrap && ./configure --quiet && make && make docs; } \
	>"$work/build.log" 2>&1 || {
	tail -n 20 "$work/build.log"
	fail 'the examples do not build'
	end
}
fm=./forkmeter
make check TESTS='tests/contract tests/strategy tests/plan tests/record
	tests/docs.sh' \
	>"$work/check.log" 2>&1 || {
	cat tests/*.log
	fail 'the examples do not pass the tests'
}
grep -qx 'strategy clone_fs' tests/strategy.log ||
	fail 'the contract test does not know the new strategy'
scripts/lint . || fail 'the examples break a rule of the house'
for name in clone_fs noreserve rewrite; do
	$fm list --format tsv | cut -f2 | grep -qx $name || fail "list: no $name"
done
$fm run spawn start wait rewrite --strategy fork,clone_fs \
	--backing noreserve,none --rss 0,4M --rounds 3 --samples 10 \
	--out run >/dev/null 2>"$work/err" || fail "run: $(cat "$work/err")"
awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	$at["strategy"] == "clone_fs" && $at["metric"] == "wait_ns" { s++ }
	$at["workload"] == "rewrite" && $at["minflt"] == 0 { w++ }
	$at["backing"] == "noreserve" { b++ }
	END { exit !(s && w && b) }' run/summary.tsv ||
	fail 'the examples are not in the summary'
column run/blocks.tsv pgsteal_direct | grep -q '[0-9]' ||
	fail 'the new column is empty'
if command -v gnuplot >/dev/null && command -v sqlite3 >/dev/null; then
	FORKMETER=$fm scripts/report run >/dev/null 2>"$work/err" ||
		fail "report: $(cat "$work/err")"
	grep -q clone_fs run/report/latency.svg ||
		fail 'the new strategy is not in the figure'
	[ -s run/report/tail.svg ] || fail 'the new figure was not made'
	grep -q 'tail' run/report/index.html || fail 'it is not on the page'
else
	echo 'skip the figure: gnuplot or sqlite3 is not installed'
fi
end
