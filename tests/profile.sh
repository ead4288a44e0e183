#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# forkmeter profile: refused where it must be with what would allow it, and for
# real as root: samples lie in the timed intervals, shares add up to one, and
# page tables are what fork copies.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER run=$work/run
paranoid=/proc/sys/kernel/perf_event_paranoid
kptr=/proc/sys/kernel/kptr_restrict

# Mistakes, before anything is measured or left behind.
expect 2 'profile what? Name a workload' "$fm" profile
expect 2 'there is cycles and clock' "$fm" profile spawn --by time
expect 2 'leave it out' "$fm" profile spawn --precision 2%
expect 2 'leave the rest out' "$fm" profile spawn --from "$work"
expect 2 'no run is there' "$fm" profile --from "$work/nowhere"
expect 2 'want at least 1' "$fm" profile spawn --rate 0
expect 2 'no such option of run' "$fm" run spawn --rate 100
expect 2 'there is text' "$fm" profile spawn --format xml
expect 0 '' "$fm" run null --rounds 3 --out "$work/plain"
expect 2 'no profile is there' "$fm" profile --from "$work/plain"

# refused PATTERN COMMAND...: status 4, one line that matches, nothing left.
refused() {
	pattern=$1
	shift
	expect 4 "$pattern" "$@" --out "$work/refused"
	[ "$(wc -l <"$work/err")" -eq 1 ] || fail "not one line: $(cat "$work/err")"
	[ ! -e "$work/refused" ] || fail "something is left of: $*"
}

lower=kernel.perf_event_paranoid=0
if [ "$(id -u)" -ne 0 ]; then
	if [ "$(cat $paranoid 2>/dev/null || echo 2)" -gt 0 ]; then
		refused "$lower" "$fm" profile spawn
	fi
	[ "$failures" -eq 0 ] || end
	skip 'the rest: sampling takes root'
fi

expect 2 'did you mean spawn' "$fm" profile spwan

# As an ordinary user, whose program lies where they may read it.
settings() { # PARANOID KPTR
	echo "$1" >$paranoid && echo "$2" >$kptr
}
if [ -w $paranoid ] && [ -w $kptr ] &&
	setpriv --reuid 65534 --regid 65534 --clear-groups true 2>/dev/null; then
	was=$(cat $paranoid) was_kptr=$(cat $kptr)
	trap 'settings "$was" "$was_kptr"; rm -rf "$work"' EXIT
	mkdir "$work/bin" "$work/theirs"
	cp "$fm" "$fm-worker" "$work/bin/"
	for target in "$fm-target" "$fm-target-dynamic" "$fm-target-static"; do
		[ ! -e "$target" ] || cp "$target" "$work/bin/"
	done
	chmod 755 "$work" "$work/bin"
	chown 65534 "$work/theirs"
	theirs="setpriv --reuid 65534 --regid 65534 --clear-groups env -C /"
	theirs="$theirs $work/bin/forkmeter profile spawn --strategy fork"
	theirs="$theirs --child exit"
	for level in 3 2 1; do
		settings $level 0
		# shellcheck disable=SC2086
		refused "$lower (it is $level)" $theirs
	done
	settings 0 1
	# shellcheck disable=SC2086
	refused 'kernel.kptr_restrict=0' $theirs
	settings 0 0
	# shellcheck disable=SC2086
	expect 0 '' $theirs --rounds 3 --rss 16M --out "$work/theirs/run"
	[ -s "$work/theirs/run/shares.tsv" ] || fail 'no shares at paranoid 0'
	settings "$was" 2
	refused 'kptr_restrict=2 makes useless' "$fm" profile spawn
	settings "$was" "$was_kptr"
	trap 'rm -rf "$work"' EXIT
else
	echo 'skip the ordinary user: settings or users cannot be changed here'
fi
grep -q '[1-9a-f]' /proc/kallsyms 2>/dev/null || skip 'no names of this kernel'
"$fm" profile null --rounds 1 --by clock --out "$work/try" >/dev/null \
	2>"$work/err"
[ $? -ne 4 ] || skip "$(cat "$work/err")"

# The real thing; the rate is high for the sake of few rounds.
expect 0 'with sampling and without in turn' "$fm" profile spawn cow --strategy fork \
	--child exit --rss 64M --set writer=child --by clock --rate 5000 \
	--rounds 4 --samples 40 --out "$run"
grep -q 'page-table copy' "$work/out" || fail "no table: $(cat "$work/out")"
grep -q 'slower by' "$work/out" || fail 'what it cost is not told'

# A share is of what lies in intervals, and classes share that among them.
awk -F'\t' '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	$at["kind"] == "class" {
		point = $at["workload"] " " $at["samples"]
		sum[point] += $at["self_samples"]
		if ($at["samples"] > most) most = $at["samples"] }
	$at["self_lo"] > $at["self"] || $at["self_hi"] < $at["self"] ||
		$at["inclusive"] < $at["self"] || $at["inclusive"] > 1 {
		print "not ok: " $0; bad = 1 }
	END {
		for (p in sum) {
			split(p, word, " ")
			if (sum[p] != word[2]) { print "not ok: " p ": " sum[p]; bad = 1 } }
		exit bad || most < 100 }' "$run/shares.tsv" ||
	fail 'the shares are not what they claim'

# share WORKLOAD NAME COLUMN
share() {
	awk -F'\t' -v w="$1" -v name="$2" -v column="$3" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$at["workload"] == w && $at["kind"] == "class" &&
			$at["name"] == name { print $at[column] }' "$run/shares.tsv"
}

# What is known of fork: with 64 MiB of base pages its page tables are most of
# the call, and copying pages most of neither; and in what follows it is not.
awk -v tables="$(share spawn 'page-table copy' inclusive)" \
	-v pages="$(share spawn 'page copy' inclusive)" \
	'BEGIN { exit !(tables > 0.5 && tables > 10 * pages) }' ||
	fail "page tables: $(share spawn 'page-table copy' inclusive) of spawn"
awk -v tables="$(share cow 'page-table copy' inclusive)" \
	-v pages="$(share cow 'page copy' self)" \
	'BEGIN { exit !(pages > 0 && pages > tables) }' ||
	fail "page copy: $(share cow 'page copy' self) of cow"

# Blocks that were sampled are in tables of their own.
[ "$(wc -l <"$run/sampling.tsv")" -eq "$(wc -l <"$run/blocks.tsv")" ] ||
	fail 'not as many sampled blocks as others'
column "$run/sampling.tsv" status | grep -qvx ok && fail 'a block is not ok'
column "$run/sampling.tsv" inside | awk '{ n += $1 } END { exit !n }' ||
	fail 'no sample inside'
column "$run/sampling.tsv" lost | awk '{ n += $1 } END { exit n > 0 }' ||
	fail 'records were lost'

# On the report's page, as a figure and a table.
if command -v gnuplot >/dev/null && command -v sqlite3 >/dev/null; then
	expect 0 '' "$top_srcdir/scripts/report" "$run"
	[ ! -s "$work/err" ] || fail "the report complains: $(cat "$work/err")"
	grep -q 'page-table copy' "$run/report/profile.svg" || fail 'no figure'
	grep -q 'spawn, fork + exit, 64' "$run/report/profile.svg" ||
		fail 'the figure does not name its points'
	grep -q '^| spawn .*page-table copy' "$run/report/profile.md" ||
		fail 'no table'
	grep -q 'Sampled by cpu-clock, a timer' "$run/report/index.html" ||
		fail 'the page does not say by what'
	rm -r "$run/report"
else
	echo 'skip the figure: gnuplot or sqlite3 is not installed'
fi

# Again, from its blocks alone; lines that no line of sampling.tsv commits are
# left out, and a torn tail is.
cp "$run/shares.tsv" "$work/shares"
rm "$run/shares.tsv" "$run/summary.tsv"
expect 0 '' "$fm" profile --from "$run" --format tsv
cmp -s "$work/shares" "$run/shares.tsv" || fail 'shares differ from themselves'
cmp -s "$work/shares" "$work/out" || fail 'tsv is another than the file'
tab=$(printf '\t')
tail -n 1 "$run/profile.tsv" |
	sed "s/^\([0-9]*${tab}[0-9]*$tab\)[0-9]*/\1999999/" >"$work/line"
cat "$work/line" >>"$run/profile.tsv"
grep -q "${tab}999999$tab" "$run/profile.tsv" || fail 'no such line was made'
printf '1\t1\t1\tcla' >>"$run/profile.tsv"
expect 0 '' "$fm" profile --from "$run" --format tsv
cmp -s "$work/shares" "$work/out" || fail 'lines without a block count'
for format in csv json markdown latex; do
	expect 0 '' "$fm" profile --from "$run" --format $format
	grep -q 'page-table copy' "$work/out" || fail "$format: no classes"
done

# An interval too short for any sample is no result, and said to be none.
expect 3 'no sample lies inside a timed interval' "$fm" profile null \
	--by clock --rate 1 --rounds 3 --block-time 1ms --samples 5 \
	--out "$work/none"

# A run that is interrupted leaves its blocks.
if env --default-signal=INT true 2>/dev/null; then
	env --default-signal=INT "$fm" profile spawn --strategy fork --by clock \
		--time 60s --out "$work/int" >/dev/null 2>"$work/err" &
	pid=$!
	tries=0
	until [ -s "$work/int/sampling.tsv" ] &&
		[ "$(wc -l <"$work/int/sampling.tsv")" -gt 3 ]; do
		tries=$((tries + 1))
		[ "$tries" -lt 300 ] || break
		sleep 0.1
	done
	kill -INT $pid
	wait $pid
	[ $? -eq 130 ] || fail "SIGINT: $(cat "$work/err")"
	none_left "driver.$pid " || fail 'a worker is left'
	"$fm" profile --from "$work/int" >"$work/out" 2>"$work/err" ||
		grep -q 'no sample lies' "$work/err" ||
		fail "after SIGINT: $(cat "$work/err")"
fi
end
