#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# scripts/fleet over GNU parallel and ssh: three sshd on this machine, with keys,
# ports and folders of their own.
# shellcheck disable=SC2317 # many functions are called by traps, expect, within
. "${top_srcdir:-.}/tests/lib.sh"
expect 2 'no history yet\|without SQLite' \
	env FORKMETER_RESULTS="$work/none" "$FORKMETER" history list
grep -q 'without SQLite' "$work/err" && skip "$(cat "$work/err")"
fleet=$top_srcdir/scripts/fleet
PATH=$PATH:/usr/sbin
for program in sshd ssh ssh-keygen parallel; do
	command -v $program >/dev/null ||
		skip "no $program; install openssh-server and parallel"
done

clean_up() {
	trap '' INT TERM
	[ -z "$shell" ] || kill -9 "$shell" 2>/dev/null
	for signal in TERM KILL; do
		for pid in $(pgrep -f "$work" | grep -vx $$); do
			kill -"$signal" "$pid" 2>/dev/null
		done
		sleep 0.3
	done
	[ -z "$made" ] || rmdir /run/sshd
	rm -rf "$work"
}
made='' shell=''
trap clean_up EXIT

# ---------------------------------------------------------- the three machines
# As root, sshd wants this folder.
if [ "$(id -u)" -eq 0 ] && [ ! -d /run/sshd ]; then
	mkdir /run/sshd 2>/dev/null || skip 'sshd wants /run/sshd'
	made=yes
fi
ssh-keygen -q -t ed25519 -N '' -f "$work/key"
ssh-keygen -q -t ed25519 -N '' -f "$work/other"
cp "$work/key.pub" "$work/allowed"
mkdir "$work/results" "$work/tmp"
port=$((30000 + $$ % 3000 * 3))
start_sshd() { # NUMBER
	"$(command -v sshd)" -f "$work/sshd$1.conf" -E "$work/sshd$1.log"
	within 5 test -s "$work/sshd$1.pid"
}
for n in 1 2 3; do
	ssh-keygen -q -t ed25519 -N '' -f "$work/host$n"
	cat >"$work/sshd$n.conf" <<EOT
Port $((port + n))
ListenAddress 127.0.0.1
HostKey $work/host$n
AuthorizedKeysFile $work/allowed
PidFile $work/sshd$n.pid
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
SetEnv TMPDIR=$work/tmp
EOT
	echo "[127.0.0.1]:$((port + n)) $(cat "$work/host$n.pub")" >>"$work/known"
	start_sshd $n || skip "sshd does not start: $(tail -n 1 "$work/sshd$n.log")"
	echo "@m$n/$(id -un)@127.0.0.1:$((port + n))"
done >"$work/hosts"
ssh="ssh -F none -i $work/key -o IdentitiesOnly=yes -o UserKnownHostsFile=$work/known"
# shellcheck disable=SC2086
timeout 20 $ssh -p $((port + 1)) 127.0.0.1 true 2>"$work/why" ||
	skip "no ssh to this machine: $(tail -n 1 "$work/why")"

fleet() {
	timeout 120 "$fleet" "$@"
}
runs() { # how many are in the history
	"$FORKMETER" history list --format tsv 2>/dev/null | sed 1d | wc -l
}
newest() {
	id=$(find "$work/results/fleet" -maxdepth 1 -name "2*Z*" | sort | tail -n 1)
	id=${id##*/}
}
is_done() {
	[ -e "$work/results/fleet/$id/done" ]
}
export FORKMETER_RESULTS="$work/results" TMPDIR="$work/tmp"
set -- --via ssh --ssh "$ssh"

# ------------------------------------------------------------------- the fleets
expect 2 'want machines; name them by --nodes or --hosts$' \
	fleet run --via ssh -- null
echo '# none yet' >"$work/empty"
expect 2 "^fleet: $work/empty: names no machine\$" \
	fleet run --via ssh --hosts "$work/empty" -- null
expect 2 'fleet: --nodes: names no machine$' fleet run --via ssh --nodes , -- null
expect 2 'machines of one name: a' fleet run --via ssh --nodes a:1,a:2 -- null
expect 2 'no name of a machine' fleet run --via ssh --nodes '@a b/c' -- null
expect 2 "'fleet': no name of a machine" \
	fleet run --via ssh --nodes fleet -- null
expect 2 'for --via slurm' fleet run --via ssh --copy --nodes a -- null
expect 2 'not readable' fleet run --via ssh --hosts "$work/none" -- null
# What is shown is a command: run as it stands, it brings a parcel.
expect 0 '3 machines, at most until' fleet run "$@" --hosts "$work/hosts" \
	--time 20s --dry-run -- null --time 1s
[ "$(grep -c 'sshlogin .*127.0.0.1.* 20[0-9TZ]* m[123] 20 .* null --time 1s' \
	"$work/out")" -eq 3 ] || fail "$(cat "$work/out")"
[ -z "$(ls "$work/results/fleet")" ] || fail 'a dry run left something'
sed -n 1p "$work/out" >"$work/shown"
timeout 60 sh "$work/shown" 2>"$work/err" | tar -C "$work/tmp" -xf - ./told ||
	fail "$(cat "$work/shown" "$work/err")"
grep -q '^status	0$' "$work/tmp/told" || fail "$(cat "$work/tmp/told")"
rm -rf "$work/tmp"
mkdir "$work/tmp"

expect 0 'fleet status' fleet run "$@" --hosts "$work/hosts" --time 30s \
	--wait 20s -- null --time 1s
[ "$(runs)" -eq 3 ] || fail "$(runs) runs, not 3: $(cat "$work/err")"
! grep -qi 'citation\|bibtex' "$work/err" || fail "$(cat "$work/err")"
[ "$(column "$work/results/nights.tsv" host | sort | tr '\n' ' ')" = 'm1 m2 m3 ' ] ||
	fail "nights: $(cat "$work/results/nights.tsv")"
newest
expect 0 'status 0' fleet status "$id"
expect 0 '' fleet collect "$id"
[ "$(runs)" -eq 3 ] || fail 'collected twice'
[ -z "$(find "$work/tmp" -path "*$id*")" ] || fail 'left on the machines'
# Not judged, since another nightly is at work, is not that a machine was noisy.
cp -r "$top_srcdir/scripts" "$work/scripts"
chmod -R u+w "$work/scripts"
printf '#!/bin/sh\nexit 3\n' >"$work/scripts/nightly"
rm "$work/results/fleet/$id/runs"
expect 4 '' "$work/scripts/fleet" collect "$id"
expect 0 '' fleet collect "$id"

# Whoever collects meanwhile, alone or with others, disturbs nothing.
"$fleet" run "$@" --hosts "$work/hosts" --time 30s --wait 20s --detach -- \
	null --time 1s >/dev/null 2>"$work/err" || fail "$(cat "$work/err")"
newest
for n in 1 2 3; do
	left=40
	while ! is_done && [ $left -gt 0 ]; do
		left=$((left - 1))
		fleet collect "$id" 2>&1
		sleep 0.2
	done >"$work/collects$n" &
	eval "loop$n=\$!"
done
# shellcheck disable=SC2154
wait "$loop1" "$loop2" "$loop3"
within 60 is_done || fail "not collected: $(cat "$work/results/fleet/$id"/*.log)"
! grep '^mv:\|^mkdir:\|^rm:\|no parcel\|keeper already\|still collects' \
	"$work"/collects[123] "$work/results/fleet/$id"/*.log ||
	fail 'collectors were in the way of each other'
[ -z "$(find "$work/results/fleet/$id" -name '*.part')" ] || fail 'something half'
[ "$(awk -F'\t' '$4 == 0 && $5 != ""' "$work/results/nights.tsv" | wc -l)" -eq 6 ] ||
	fail "nights: $(cat "$work/results/nights.tsv")"
[ "$(wc -l <"$work/results/nights.tsv")" -eq 7 ] || fail 'noted twice'
[ "$(runs)" -eq 6 ] || fail "$(runs) runs, not 6"

printf 'm9\t2026-11' >>"$work/results/nights.tsv" # somebody was killed

# The shell goes, a connection breaks while it measures, and sshd comes back: the
# run that went on is fetched, and no other is measured.
"$fleet" run "$@" --hosts "$work/hosts" --time 60s --wait 60s -- \
	null --time 6s >/dev/null 2>"$work/err" &
shell=$!
measuring() {
	pgrep -f "$work/tmp.*$id/m2/work/run"
}
within 10 grep -q 'fleet status' "$work/err" || fail "$(cat "$work/err")"
newest
within 20 measuring || fail 'm2 does not measure'
kill -9 $shell
kill "$(cat "$work/sshd2.pid")"
for pid in $(pgrep -f "hop $id fetch m2"); do
	pkill -9 -P "$pid" # the connection
done
sleep 1
measuring >/dev/null || fail 'the connection took the measuring with it'
expect 0 'not collected yet' fleet status
grep -q '^m1 .*running' "$work/out" || fail "$(cat "$work/out")"
start_sshd 2
within 90 is_done || fail "not collected: $(cat "$work/results/fleet/$id"/*.log)"
expect 0 '' fleet status "$id"
[ "$(runs)" -eq 9 ] || fail "$(runs) runs, not 9: $(cat "$work/out" "$work/err")"
for n in 1 2 3; do
	[ "$(find "$work/results/m$n" -mindepth 1 -maxdepth 1 | wc -l)" -eq 3 ] ||
		fail "m$n: not three runs"
	[ "$(grep -c "^m$n	" "$work/results/nights.tsv")" -eq 3 ] ||
		fail "m$n: not three nights: $(cat "$work/results/nights.tsv")"
done

# A machine that was three times as fast for twelve nights: slower, and told once.
point() { # COMMAND...
	"$@" wait --strategy vfork --child exit --rss 0 --samples 20 --rounds 4
}
expect 0 '' point "$FORKMETER" run --host m3 --out "$work/now" --quiet
expect 0 '' "$FORKMETER" summary "$work/now"
for day in 01 02 03 04 05 06 07 08 09 10 11 12 13 14; do
	night=$work/results/m3/202601${day}T020000Z
	mkdir -p "$night"
	cp "$work/now/plan.tsv" "$work/now/quantiles.tsv" "$night"
	sed "s/\"started\": \"[^\"]*\"/\"started\": \"2026-01-${day}T02:00:00Z\"/" \
		"$work/now/machine.json" >"$night/machine.json"
	awk -F'\t' -v OFS='\t' -v day="$day" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
		NR > 1 { $at["median"] *= (day > 12 ? 1 : 0.3) + day % 3 / 100
			$at["verdict"] = "ok" }
		{ print }' "$work/now/summary.tsv" >"$night/summary.tsv"
done
expect 0 '' "$FORKMETER" history add "$work/results/m3"
expect 1 'slower\|1 new change for the worse' point fleet run "$@" \
	--nodes "$(grep '^@m3' "$work/hosts")" --time 60s --wait 20s --
expect 1 '' fleet collect
expect 0 'nothing new is slower\|status 0' point fleet run "$@" \
	--nodes "$(grep '^@m3' "$work/hosts")" --time 60s --wait 20s --
before=$(runs)

# Too noisy, and longer than its time: what was measured comes back all the same.
cat >"$work/forkmeter" <<EOT
#!/bin/sh
"$FORKMETER" "\$@"
status=\$?
[ "\$1" != run ] || exit 3
exit \$status
EOT
chmod +x "$work/forkmeter"
expect 3 '' fleet run "$@" --forkmeter "$work/forkmeter" \
	--nodes "$(grep '^@m1' "$work/hosts")" --time 60s --wait 20s -- \
	null --time 1s
expect 4 '' fleet run "$@" --nodes "$(grep '^@m1' "$work/hosts")" --time 2s \
	--wait 20s -- null --time 1m
grep -q '^m1 .*failed *124 .*m1/.*time limit' "$work/out" ||
	fail "$(cat "$work/out")"
[ "$(runs)" -eq $((before + 2)) ] || fail "not both in the history"
before=$(runs)

# One that is not reached, one that refuses the key, one that fails.
kill "$(cat "$work/sshd1.pid")"
sed -i "s|^AuthorizedKeysFile.*|AuthorizedKeysFile $work/other.pub|" \
	"$work/sshd2.conf"
kill "$(cat "$work/sshd2.pid")"
within 5 sh -c "! [ -e '$work/sshd2.pid' ]"
start_sshd 2
cat >"$work/forkmeter" <<EOT
#!/bin/sh
[ "\$1" != run ] || { echo 'forkmeter: the disk is broken' >&2; exit 4; }
exec "$FORKMETER" "\$@"
EOT
chmod +x "$work/forkmeter"
expect 4 '' fleet run "$@" --forkmeter "$work/forkmeter" --hosts "$work/hosts" \
	--time 20s --wait 3s -- null --time 1s
! grep -q 'does not come\|not over' "$work/err" || fail "$(cat "$work/err")"
grep -q 'not reached yet: m1: .*refused$' "$work/err" || fail "$(cat "$work/err")"
grep -q 'not reached yet: m2: .*denied.*[^ ]$' "$work/err" ||
	fail "$(cat "$work/err")"
grep -q 'fleet: .*2 not reached yet' "$work/err" || fail "$(cat "$work/err")"
grep -q '^m1 .*missing .*refused$' "$work/out" || fail "$(cat "$work/out")"
grep -q '^m2 .*missing .*denied' "$work/out" || fail "$(cat "$work/out")"
grep -q '^m3 .*failed *4 .*the disk is broken' "$work/out" ||
	fail "$(cat "$work/out")"
expect 4 '' fleet run "$@" --forkmeter /no/forkmeter --hosts "$work/hosts" \
	--time 20s --wait 1s -- null
grep -q '^m3 .*failed *127 .*/no/forkmeter: not there' "$work/out" ||
	fail "$(cat "$work/out")"
[ "$(runs)" -eq "$before" ] || fail 'runs of nothing'
end
