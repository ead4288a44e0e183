#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Memory of this node and of another: bound, proved, recorded, or refused.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER
nodes=/sys/devices/system/node

# fact DIR KEY: its value.
fact() {
	"$fm" show "$1" --machine --format tsv |
		awk -F'\t' -v key="$2" '$1 == key { print $3 }'
}

# is_on DIR NODE: every block with memory was proved to be there, and there are
# such blocks.
is_on() {
	awk -F'\t' -v node="$2" '
		FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		FILENAME ~ /plan.tsv/ { bytes[$at["point"]] = $at["rss_bytes"]; next }
		$at["status"] != "ok" { print "a block is " $at["reason"]; next }
		bytes[$at["point"]] > 0 { n++
			if ($at["node"] != node) print "on " $at["node"] }
		END { if (!n) print "no memory" }' \
		"$1/plan.tsv" "$1/blocks.tsv" >"$work/wrong"
	[ ! -s "$work/wrong" ] || fail "$1, not on $2: $(sort -u "$work/wrong")"
}

expect 2 '--numa near: want local, remote or a node' "$fm" run null --numa near
expect 2 '--numa 9999: node 9999 is not one of this machine; there is memory' \
	"$fm" run null --numa 9999
expect 2 '--numa 9999: node 9999 is not one' "$fm" doctor --numa 9999

# Bound to the worker's own, and proved, if this kernel lets anybody look.
expect 0 '' "$fm" run cow cow_populate zero_fill spawn --rss 4M \
	--strategy fork --child exit --set writer=all --rounds 1 --samples 5 \
	--numa local --out "$work/local"
grep -q 'memory of node [0-9]* (local)' "$work/err" || fail 'local is not told'
grep -q 'cannot be proved' "$work/local/blocks.tsv" &&
	skip 'which node memory is on is hidden here'
is_on "$work/local" "$(fact "$work/local" memory_node)"
[ "$(fact "$work/local" memory_is)" = local ] || fail 'memory_is'

# How many nodes have memory that we may use.
with_memory=0
for meminfo in "$nodes"/node*/meminfo; do
	grep -q 'MemTotal: *[1-9]' "$meminfo" 2>/dev/null &&
		with_memory=$((with_memory + 1))
done
where=local
[ "$with_memory" -le 1 ] || where=remote

# What the kernel says of the worker from outside, while it measures.
"$fm" run spawn --rss 64M --strategy fork --child exit --rounds 1 \
	--block-time 3s --samples 100000 --numa $where --quiet --out "$work/watched" >"$work/out" 2>"$work/err" &
driver=$!
tries=0 seen=''
while [ -z "$seen" ] && [ $tries -lt 100 ] && kill -0 $driver 2>/dev/null; do
	sleep 0.1
	tries=$((tries + 1))
	pid=$(pgrep -P $driver -f forkmeter-worker | head -n 1)
	[ -r "/proc/$pid/numa_maps" ] || continue
	seen=$(awk '/anon=1[0-9][0-9][0-9][0-9] / {
		for (i = 2; i <= NF; i++) if ($i ~ /^N[0-9]+=/) print $i }' \
		"/proc/$pid/numa_maps" 2>/dev/null | sed 's/N//; s/=.*//' | sort -u)
done
wait $driver || fail "the run that is watched: $(cat "$work/err")"
if [ -z "$seen" ]; then
	echo 'skip numa_maps: not readable here, or never with memory in it'
else
	[ "$seen" = "$(fact "$work/watched" memory_node)" ] ||
		fail "numa_maps: memory is on node $seen"
fi

# A run with remote memory is another state.
cp -r "$work/local" "$work/other"
sed 's/"memory_is": "local"/"memory_is": "remote"/' \
	"$work/local/machine.json" >"$work/other/machine.json"
expect 2 'across memory_is' "$fm" compare "$work/local" "$work/other"
expect 3 'under comparison: memory_is: local' "$fm" compare "$work/local" \
	"$work/other" --across memory_is

# Of two sides each can have its own; the processors are the same.
node=$(fact "$work/local" memory_node)
expect 3 '' "$fm" compare --interleave '--numa local' "--numa $node" zero_fill \
	--rss 1M --rounds 2 --samples 5 --out "$work/pair"
is_on "$work/pair/new" "$node"
expect 2 'that was the side new' "$fm" compare --interleave '' '--numa 9999' \
	zero_fill --rss 1M --rounds 2

if [ "$with_memory" -le 1 ]; then
	expect 2 '--numa remote: no memory is remote: node .* has all that this' \
		"$fm" run zero_fill --numa remote
	echo 'skip remote memory: this machine has one node'
	end
fi

expect 0 '' "$fm" run cow cow_populate zero_fill spawn --rss 4M \
	--backing anon,thp,hugetlb,memfd_shared --strategy fork --child exit \
	--set writer=all --rounds 1 --samples 5 --numa remote --out "$work/remote"
grep -q 'memory of node [0-9]* (remote)' "$work/err" || fail 'remote is not told'
[ "$(fact "$work/remote" memory_is)" = remote ] || fail 'memory_is of remote'
far=$(fact "$work/remote" memory_node)
[ "$far" != "$(fact "$work/remote" worker_node)" ] || fail 'it is the same node'
is_on "$work/remote" "$far"
[ "$(fact "$work/remote" worker_cpu)" = "$(fact "$work/local" worker_cpu)" ] ||
	fail 'the processor moved with the memory'
expect 2 'memory_node,memory_is\|across memory_node' "$fm" compare \
	"$work/local" "$work/remote"
expect 3 '' "$fm" compare --interleave '' '--numa remote' zero_fill --rss 1M \
	--rounds 2 --samples 5 --out "$work/both"
is_on "$work/both/base" "$node"
is_on "$work/both/new" "$far"

# What fits into the machine, and not into the node, is skipped.
mib=$(awk '/MemAvailable/ { print int($2 / 1024 / 2) }' /proc/meminfo)
expect 0 '' "$fm" run spawn --rss 1M,$((mib + 64))M --strategy fork \
	--child exit --numa remote --dry-run --format tsv
grep -q 'skip.*GiB are available' "$work/out" ||
	grep -q 'skip.*needs .* GiB' "$work/out" || fail "nothing is skipped: $(cat "$work/out")"
end
