#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# scripts/fleet over a real Slurm of four nodes, all on this machine, with a key,
# ports and folders of its own, so that it meets no other Slurm.
# shellcheck disable=SC2317 # many functions are called by traps, expect, within
. "${top_srcdir:-.}/tests/lib.sh"
expect 2 'no history yet\|without SQLite' \
	env FORKMETER_RESULTS="$work/none" "$FORKMETER" history list
grep -q 'without SQLite' "$work/err" && skip "$(cat "$work/err")"
fleet=$top_srcdir/scripts/fleet
for program in munged slurmctld slurmd sbatch squeue scontrol sinfo srun; do
	PATH=$PATH:/usr/sbin command -v $program >/dev/null ||
		skip "no $program; install slurm-wlm and munge"
done
PATH=$PATH:/usr/sbin
mountpoint -q /sys/fs/cgroup ||
	skip 'slurmd wants /sys/fs/cgroup mounted'

# ------------------------------------------------------------ the four machines
# What is ours has $work in its arguments, but for what slurmd leaves when it goes
# first: that has our log open.
ours() {
	pgrep -f "$work" | grep -vx $$
	for pid in $(pgrep -x slurmstepd); do
		# shellcheck disable=SC2010
		! ls -l "/proc/$pid/fd" 2>/dev/null | grep -qF "$work/" || echo "$pid"
	done
}
clean_up() {
	trap '' INT TERM
	[ -z "$shell" ] || kill -9 "$shell" 2>/dev/null
	timeout 10 scancel --full --user="$(id -un)" 2>/dev/null
	for signal in TERM KILL; do
		for pid in $(ours); do kill -"$signal" "$pid" 2>/dev/null; done
		tries=0
		while [ -n "$(ours)" ] && [ "$tries" -lt 30 ]; do
			tries=$((tries + 1))
			sleep 0.1
		done
	done
	rm -rf "$work"
}
shell=''
trap clean_up EXIT

start_node() { # NAME
	slurmd -N "$1" -f "$work/slurm.conf"
}
node_pid() {
	cat "$work/slurmd.$1.pid"
}
node_is() { # NAME STATE
	timeout 10 sinfo -h -N -n "$1" -o %T | grep -qx "$2"
}
idle() { # NAME...
	for node; do node_is "$node" idle || return; done
}

configure() { # PORT
	host=$(uname -n)
	host=${host%%.*}
	cat >"$work/slurm.conf" <<EOT
ClusterName=forkmeter$1
SlurmctldHost=$host(127.0.0.1)
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$work/munge/socket
SlurmctldPort=$1
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.%n.pid
SlurmctldLogFile=$work/slurm.log
SlurmdLogFile=$work/slurmd.%n.log
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool.%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SlurmdParameters=config_overrides
SchedulerParameters=bf_interval=1,sched_interval=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
MailProg=/bin/true
ReturnToService=2
SlurmdTimeout=20
MessageTimeout=5
KillWait=2
EOT
	for n in 1 2 3 4; do
		echo "NodeName=n$n NodeHostname=$host NodeAddr=127.0.0.1" \
			"Port=$(($1 + n)) CPUs=1 Feature=lab,f$n" >>"$work/slurm.conf"
	done
	echo 'PartitionName=night Nodes=n[1-4] Default=YES State=UP' \
		>>"$work/slurm.conf"
	echo 'CgroupPlugin=autodetect' >"$work/cgroup.conf"
}

mkdir "$work/munge" "$work/state" "$work/re sults" "$work/tmp"
chmod 711 "$work" "$work/munge"
head -c 1024 /dev/urandom >"$work/munge/key"
chmod 600 "$work/munge/key"
munged --force --key-file="$work/munge/key" --socket="$work/munge/socket" \
	--pid-file="$work/munge/pid" --log-file="$work/munge/log" \
	--seed-file="$work/munge/seed" --num-threads=2 2>"$work/why" ||
	skip "munged does not start: $(tail -n 1 "$work/why")"
export SLURM_CONF="$work/slurm.conf" TMPDIR="$work/tmp"
export FORKMETER_RESULTS="$work/re sults"
for port in $((20000 + $$ % 4000 * 5)) $((41000 + $$ % 4000 * 5)); do
	configure $port
	slurmctld -f "$work/slurm.conf" 2>/dev/null
	within 10 timeout 5 scontrol ping && break
done
timeout 10 scontrol ping | grep -q 'is UP' ||
	skip "slurmctld does not start: $(tail -n 1 "$work/slurm.log")"
for n in 1 2 3 4; do start_node n$n 2>/dev/null; done
within 20 idle n1 n2 n3 n4 ||
	skip "slurmd does not start: $(tail -n 1 "$work/slurmd.n1.log")"

# ------------------------------------------------------------------- the fleets
fleet() {
	timeout 100 "$fleet" "$@"
}
runs() { # how many are in the history
	"$FORKMETER" history list --format tsv 2>/dev/null | sed 1d | wc -l
}
of_fleet() { # NAME: what lies in the newest fleet's folder
	echo "$work/re sults/fleet/$id/$1"
}
newest() {
	id=$(find "$work/re sults/fleet" -maxdepth 1 -name "2*Z*" | sort | tail -n 1)
	id=${id##*/}
}
is_done() {
	[ -e "$(of_fleet "done")" ]
}
began() { # NAME
	[ -e "$(of_fleet "began/$1")" ]
}

# What cannot be, is said before anything is submitted.
expect 2 'no such partition; there is night' "$fleet" run --partition day
expect 2 "no node there has the feature 'gpu'; there is f1 f2 f3 f4 lab" \
	"$fleet" run -C gpu
expect 2 'no such node.*: n9' "$fleet" run --nodes 'n[1-2],n9'
expect 2 'unknown\|no such\|frobnicate' "$fleet" run -- frobnicate
expect 2 "there is run, status and collect" "$fleet" frobnicate
expect 2 'no fleet is there' "$fleet" status
expect 2 'want a time' "$fleet" run --time soon
expect 2 'behind --' "$fleet" run null
expect 2 'more than nothing' "$fleet" run --time 0s
expect 0 '' "$fleet" run --dry-run -C 'f3|f9' -- null
grep -q "^sbatch .*nodelist=n3.* 20[0-9TZ]* n3 .* null$" "$work/out" || fail "$(cat "$work/out")"
expect 0 'at most until' "$fleet" run --dry-run --copy --nodes n3 -- null
grep -q 'fleet keep 20[0-9TZ]*$' "$work/out" || fail "$(cat "$work/out")"
sed 's/^SlurmctldPort=.*/SlurmctldPort=1/' "$work/slurm.conf" >"$work/gone.conf"
expect 4 'slurmctld does not answer' env SLURM_CONF="$work/gone.conf" \
	timeout 60 "$fleet" run -- null
[ -z "$(ls "$work/re sults/fleet")" ] || fail 'a fleet was made of nothing'

# Four nodes: four runs, each a machine of its own, and judged once.
expect 0 'fleet status' fleet run --time 30s --wait 60s -- null --time 1s
newest
[ "$(runs)" -eq 4 ] || fail "$(runs) runs in the history, not 4"
for n in 1 2 3 4; do
	run=$(awk -v n="n$n" '$1 == n { print $NF }' "$work/out")
	[ -f "$work/re sults/$run/summary.tsv" ] || fail "n$n: no run at '$run'"
	[ -z "$(find "$work/re sults/$run/blocks.tsv" -newer \
		"$work/re sults/$run/summary.tsv")" ] ||
		fail "n$n: its summary looks older than its blocks"
	grep -q "\"host\": \"n$n\"" "$work/re sults/$run/machine.json" ||
		fail "n$n: its run is of another host"
done
[ "$(column "$work/re sults/nights.tsv" status | sort | uniq -c |
	tr -d '\n ')" = 40 ] || fail "nights: $(cat "$work/re sults/nights.tsv")"
! command -v gnuplot >/dev/null || ! command -v sqlite3 >/dev/null ||
	[ -s "$work/re sults/index.html" ] || fail 'no page'
expect 0 'collected, with status 0' fleet status
# Again is no more: neither runs nor nights.
expect 0 '' fleet collect "$id"
[ "$(runs)" -eq 4 ] || fail 'collected twice'
[ "$(wc -l <"$work/re sults/nights.tsv")" -eq 5 ] || fail 'noted twice'
[ -z "$(find "$work/tmp" -name 'n[1-4]')" ] || fail 'left on the nodes'

# The shell goes, a node goes down under its task, a slurmd is killed: nothing is
# lost, and what was begun again arrives once.
"$fleet" run --time 60s --wait 90s -- null --time 6s \
	>/dev/null 2>"$work/err" &
shell=$!
within 10 grep -q 'fleet status' "$work/err" || fail "$(cat "$work/err")"
newest
within 30 began n2.0 || fail 'n2 did not begin'
within 30 began n3.0 || fail 'n3 did not begin'
kill -9 $shell
kill -9 "$(node_pid n2)"
scontrol update NodeName=n3 State=DOWN Reason=test
expect 0 'not collected yet' fleet status "$id"
grep -q '^n1 .*running\|^n1 .*ended' "$work/out" || fail "$(cat "$work/out")"
sleep 1
start_node n2
scontrol update NodeName=n3 State=RESUME 2>/dev/null
# Slurm gives what it begins again two minutes until then.
job=$(awk '$1 == "n3" { print $2 }' "$(of_fleet jobs.tsv)")
within 20 scontrol update "JobId=$job" StartTime=now || fail 'n3 is not waiting'
within 90 is_done || fail "not collected: $(cat "$(of_fleet collect.log)")"
expect 0 'n3: requeued, started 2 times' fleet status
[ "$(runs)" -eq 8 ] || fail "$(runs) runs, not 8: $(cat "$work/out")"
for n in 1 2 3 4; do
	[ "$(find "$work/re sults/n$n" -mindepth 1 -maxdepth 1 | wc -l)" -eq 2 ] ||
		fail "n$n: not two runs: $(ls "$work/re sults/n$n")"
done
[ -z "$(find "$work/re sults/fleet" -name '*.part')" ] || fail 'something half'

# A node that is down, one whose forkmeter breaks, one that cannot return it.
cat >"$work/forkmeter" <<EOT
#!/bin/sh
case \$SLURMD_NODENAME:\$1 in
n1:run) echo 'forkmeter: the disk is broken' >&2 && exit 4 ;;
n2:--version) echo 'forkmeter 0.0.9' && exit ;;
esac
exec "$FORKMETER" "\$@"
EOT
chmod +x "$work/forkmeter"
pid=$(node_pid n3)
kill "$(node_pid n4)" "$pid"
scontrol update NodeName=n4 State=DOWN Reason=burnt
cannot=''
within 10 sh -c "! kill -0 $pid"
if unshare -m true 2>/dev/null; then
	cannot=yes
	unshare -m sh -c "mount -t tmpfs -o ro none '$work/re sults' &&
		exec slurmd -N n3 -f '$work/slurm.conf'"
else
	echo 'skip a node where results cannot be written: no mount namespace'
	start_node n3
fi
within 20 idle n1 n2 n3 || fail "$(sinfo -N)"
expect 4 '' fleet run --forkmeter "$work/forkmeter" --time 5s --wait 8s \
	-- null --time 1s
newest
grep -q '^n1 .*failed *4 .*the disk is broken' "$work/out" ||
	fail "n1 did not fail: $(cat "$work/out")"
grep -q '^n2 .*ended *0 ' "$work/out" || fail "n2: $(cat "$work/out")"
grep -q '^n4 .*missing .*down.*burnt' "$work/out" || fail "$(cat "$work/out")"
[ -z "$cannot" ] || grep -q '^n3 .*written' "$work/out" ||
	fail "n3: $(cat "$work/out")"
grep -q 'versions differ: forkmeter 0.0.9: n2$' "$work/err" ||
	fail "versions: $(cat "$work/err")"
grep -q "the end of .*n1" "$work/err" || fail "no log: $(cat "$work/err")"
grep -q "^n4	.*	4		.*not started in time" "$work/re sults/nights.tsv" ||
	fail "$(cat "$work/re sults/nights.tsv")"

# A run that cannot be returned stays on its node, and is fetched from there.
kill "$(node_pid n3)" 2>/dev/null
within 10 sh -c "! pgrep -f 'slurmd -N n3 -f $work/'"
start_node n3
within 20 idle n3 || fail "$(sinfo -N)"
cat >"$work/forkmeter" <<EOT
#!/bin/sh
"$FORKMETER" "\$@" || exit
[ "\$1" != run ] ||
	mv "\$(ls -d '$work/re sults/fleet'/2* | tail -n 1)/nodes" "$work/away"
EOT
expect 4 '' fleet run --forkmeter "$work/forkmeter" --nodes n3 --time 20s \
	--wait 60s -- null --time 1s
newest
grep -q '^n3 .*failed .*it stays in .*collect --copy' "$work/out" ||
	fail "$(cat "$work/out")"
mv "$work/away" "$(of_fleet nodes)"
before=$(runs)
expect 0 '' fleet collect --copy "$id"
[ "$(runs)" -eq $((before + 1)) ] || fail "not fetched: $(cat "$work/err")"

# No shared folder: srun brings the runs.
before=$(runs)
expect 0 '' fleet run --copy --nodes n1,n2 --time 30s --wait 60s -- \
	null --time 1s
[ "$(runs)" -eq $((before + 2)) ] || fail "by srun: $(cat "$work/err")"
[ -z "$(find "$work/tmp" -path "*$id/n*")" ] || fail 'left on the nodes'
end
