#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every workload of faults, for real and in short: the counts that the kernel
# gave are those that there must be, for each parameter.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER
pages=$((1048576 / $(getconf PAGESIZE))) # of --rss 1M

# measure NAME WORKLOAD...: a short run.
measure() {
	name=$1
	shift
	expect 0 '' "$fm" run "$@" --rounds 1 --samples 5 --out "$work/$name"
}

# points RUN KEY=VALUE...: numbers of the points that match and were measured.
# Those that this machine cannot measure are told, with their reason.
points() {
	run=$1
	shift
	awk -F'\t' -v where="$*" -v skipped="$work/skipped" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i
			n = split(where, is, " "); next }
		{ for (i = 1; i <= n; i++) {
			split(is[i], pair, "=")
			if ($at[pair[1]] != pair[2]) next }
		  found++
		  if ($at["status"] == "measure") print $at["point"]
		  else if ($at["reason"] == "") found = -1000
		  else print "skip " where ": " $at["reason"] >>skipped }
		END { exit found <= 0 }' "$work/$run/plan.tsv"
}

# faults COUNT RUN KEY=VALUE...: the samples of these points must have so many
# faults and have them; more are marked, fewer are none of them, and none failed.
faults() {
	count=$1
	shift
	of=$(points "$@") || fail "no point, or no reason why not: $*"
	[ -n "$of" ] || return
	awk -F'\t' -v of="$of" -v count="$count" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i
			n = split(of, list, "\n")
			for (i = 1; i <= n; i++) left[list[i]] = want[list[i]] = 1
			next }
		!want[$at["point"]] { next }
		{ delete left[$at["point"]]; samples++
		  minflt = $at["minflt"]; marks = $at["marks"]
		  exact += minflt == count
		  if ($at["minflt_expected"] != count || minflt < count) bad++
		  if (minflt > count && marks !~ /extra:/) bad++
		  if (marks ~ /failed/) bad++ }
		END { for (point in left) bad++
			exit bad || 2 * exact <= samples }' \
		"$work/$1/samples.tsv" || fail "not $count faults: $*"
}
: >"$work/skipped"

# Which pages are written, in which order, and how much of each.
measure walk cow,zero_fill,zero_read,zero_upgrade,write --rss 1M \
	--set order=all --set fraction=0,50,100 --set bytes=all
for workload in cow zero_fill zero_read zero_upgrade; do
	for order in sequential strided random; do
		faults 0 walk workload=$workload order=$order fraction=0
		faults $((pages / 2)) walk workload=$workload order=$order \
			fraction=50
		faults $pages walk workload=$workload order=$order fraction=100
	done
done
faults $pages walk workload=cow bytes=whole fraction=100
faults 0 walk workload=write

# Who writes, and who shares. Where both sides write, both fault.
measure family cow --rss 1M --set writer=all --set sharers=1,3 \
	--set generations=1,3
for sharers in 1 3; do
	for generations in 1 3; do
		set -- sharers=$sharers generations=$generations
		faults $pages family writer=child "$@"
		faults $pages family writer=parent "$@"
		faults $((2 * pages)) family writer=both "$@"
	done
done

# At once, and beside a thread that runs elsewhere.
measure threads cow,zero_fill --rss 1M --set threads=1,2 \
	--set bystanders=0,1 --set writer=child,parent
for threads in 1 2; do
	faults $pages threads workload=zero_fill threads=$threads
	for bystanders in 0 1; do
		set -- threads=$threads bystanders=$bystanders
		faults $pages threads writer=child "$@"
		faults $pages threads writer=parent "$@"
	done
done

# Nothing is copied, but each page faults.
measure last last_owner --rss 1M --set other=all --set fraction=50,100
for other in exited copied; do
	faults $((pages / 2)) last other=$other fraction=50
	faults $pages last other=$other fraction=100
done

# All in one call, which counts like one by one.
measure bulk populate,cow_populate --rss 1M --set call=all
for call in populate_write populate_read map_populate; do
	faults $pages bulk call=$call
done
faults $pages bulk workload=cow_populate

# Page by page, sample after sample.
measure growth growth --rss 1M --set grows=all
faults $pages growth grows=stack
faults $pages growth grows=brk

# By hand: each sample proves its traps and both contents. A read(2) into a
# protected page fails or is handled.
measure hand user_cow --rss 1M --set mechanism=all --set handler=all \
	--set order=sequential,random
column "$work/hand/samples.tsv" marks | grep failed &&
	fail 'user_cow: a sample failed its proof'
# kernel_write MECHANISM HANDLER: what the blocks say of it.
kernel_write() {
	for point in $(points hand mechanism="$1" handler="$2"); do
		awk -F'\t' -v point="$point" '
			NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
			$at["point"] == point && $at["status"] == "ok" {
				print $at["kernel_write"] }' \
			"$work/hand/blocks.tsv"
	done | sort -u
}
[ "$(kernel_write mprotect same)" = EFAULT ] ||
	fail "mprotect: $(kernel_write mprotect same)"
full=$(cat /proc/sys/vm/unprivileged_userfaultfd 2>/dev/null || echo 0)
[ ! -r /dev/userfaultfd ] || [ ! -w /dev/userfaultfd ] || full=1
for handler in same other; do
	case $(kernel_write uffd $handler) in
	handled) ;;
	EFAULT) [ "$full" = 0 ] || fail "uffd, $handler: not handled" ;;
	'') echo "skip uffd, handler $handler" ;;
	*) fail "uffd, $handler: $(kernel_write uffd $handler)" ;;
	esac
done
[ -z "$(points hand mechanism=mprotect handler=other)" ] ||
	fail 'a signal was handled by another thread'
grep -q 'handled by the thread that writes' "$work/skipped" ||
	fail 'no reason why not'

# What does not go with a backing is skipped, and says what does.
if "$fm" list backings --format tsv | grep -q '^backing	thp	yes'; then
	measure backing growth,populate --backing thp,anon --rss 4M \
		--set call=map_populate
	column "$work/backing/plan.tsv" reason >"$work/reasons"
	grep -q 'leave --backing out' "$work/reasons" || fail 'growth of thp'
	grep -q 'use --backing anon' "$work/reasons" || fail 'map_populate thp'
fi

# singles RUN METRIC COUNT: in each block's histogram, so many a sample; the
# sample that is thrown away is not in it.
singles() {
	awk -F'\t' -v metric="$2" -v each="$3" '
		FNR == 1 { file++; for (i = 1; i <= NF; i++) at[$i] = i; next }
		file == 1 { if ($at["metric"] == metric)
				count[$at["block"]] += $at["count"]
			    if ($at["from_ns"] >= $at["below_ns"]) bad++
			    next }
		$at["samples"] != "" { block = $at["block"]
			if (block in count || $at["point"] > 1) {
				blocks++
				if (count[block] != each * $at["samples"]) bad++
			} }
		END { exit bad || !blocks }' "$work/$1/histograms.tsv" \
		"$work/$1/blocks.tsv" || fail "$1: not $3 of $2 a sample"
}
measure single cow,zero_fill,zero_read,zero_upgrade,last_owner,user_cow \
	--rss 1M --set timing=single
singles single touch_ns $pages
for workload in cow zero_fill zero_read zero_upgrade last_owner; do
	faults $pages single workload=$workload
done
measure half cow --rss 1M --set timing=single --set fraction=50 \
	--set order=random --set writer=child,parent
singles half touch_ns $((pages / 2))
if "$fm" list backings --format tsv | grep -q '^backing	thp	yes'; then
	huge=$(($(cat /sys/kernel/mm/transparent_hugepage/hpage_pmd_size)))
	measure huge cow --backing thp --rss $((2 * huge)) \
		--set timing=single --set writer=both
	singles huge first_touch_ns 4
	singles huge touch_ns $((4 * huge / $(getconf PAGESIZE) - 4))
fi

# What cannot be asked for is refused by what can.
# What blocks.tsv promises of the histograms must be there.
cp "$work/single/histograms.tsv" "$work/whole"
sed 3d "$work/whole" >"$work/single/histograms.tsv"
expect 4 'touches of .* the run is damaged' "$fm" summary "$work/single"
cat "$work/whole" >"$work/single/histograms.tsv"
expect 0 '' "$fm" summary "$work/single"

expect 2 'set twice; give one list' \
	"$fm" run cow --set order=random --set order=strided
expect 2 'threads=0: want a number from 1 to 64' \
	"$fm" run cow --set threads=0
expect 2 'fraction=101: want a number from 0 to 100' \
	"$fm" run cow --set fraction=101
expect 2 'sharers=65: want a number from 1 to 64' \
	"$fm" run cow --set sharers=65
expect 2 'generations=x: want a number from 1 to 4' \
	"$fm" run cow --set generations=x
expect 2 'did you mean mprotect' "$fm" run user_cow --set mechanism=mprotct
expect 2 'no such parameter.*list parameters' "$fm" run cow --set colour=red
sort -u "$work/skipped"
end
