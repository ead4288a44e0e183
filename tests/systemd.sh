#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The example units: systemd takes them, they put no filter on what is measured,
# and what they and cron start is there and takes these options.
. "${top_srcdir:-.}/tests/lib.sh"
nightly=$top_srcdir/scripts/nightly
case $nightly in /*) ;; *) nightly=$PWD/$nightly ;; esac
built=systemd
timer=$top_srcdir/systemd/forkmeter-nightly.timer

for file in service cron; do
	[ -s "$built/forkmeter-nightly.$file" ] || fail "not made: $file"
	grep '@' "$built/forkmeter-nightly.$file" && fail "$file: a path is missing"
done

# As installed here: what it starts has to be there.
sed "s|^ExecStart=[^ ]*/forkmeter-nightly|ExecStart=$nightly|" \
	"$built/forkmeter-nightly.service" >"$work/forkmeter-nightly.service"
grep -q "^ExecStart=$nightly " "$work/forkmeter-nightly.service" ||
	fail 'it starts no nightly'
cp "$timer" "$work"
if command -v systemd-analyze >/dev/null; then
	systemd-analyze verify "$work/forkmeter-nightly.service" \
		"$work/forkmeter-nightly.timer" >"$work/out" 2>&1 ||
		fail "systemd-analyze verify: $(cat "$work/out")"
	# It says what it does not know, and succeeds.
	grep forkmeter "$work/out" && fail 'systemd-analyze verify says so'
	sed 's/^User=/Frobnicate=/' "$work/forkmeter-nightly.service" \
		>"$work/bad.service"
	systemd-analyze verify "$work/bad.service" 2>&1 | grep -q Frobnicate ||
		fail 'systemd-analyze verify would not see a wrong option'
else
	echo 'skip systemd-analyze verify: systemd is not installed'
fi

# Options that install seccomp filters; the service's comment names them all.
options='SystemCallFilter SystemCallArchitectures SystemCallLog RestrictNamespaces
	RestrictAddressFamilies RestrictRealtime RestrictSUIDSGID LockPersonality
	MemoryDenyWriteExecute PrivateDevices ProtectClock ProtectHostname
	ProtectKernelLogs ProtectKernelModules ProtectKernelTunables DynamicUser'
for option in $options; do
	grep -q "^$option=" "$built/forkmeter-nightly.service" &&
		fail "$option is a filter"
	grep -q "^#.*\<$option\>" "$built/forkmeter-nightly.service" ||
		fail "$option is not named as a filter"
done
for line in NoNewPrivileges=yes CapabilityBoundingSet=CAP_PERFMON \
	ProtectSystem=strict; do
	grep -qx "$line" "$built/forkmeter-nightly.service" ||
		fail "more rights than needed: no $line"
done

# The options that the examples suggest.
cd "$work" || exit 99
suggested=$(sed -n 's/^#FORKMETER_NIGHTLY=//p' \
	"$top_srcdir/systemd/forkmeter-nightly.default")
[ -n "$suggested" ] || fail 'the environment file suggests nothing'
# shellcheck disable=SC2086
expect 0 '' env FORKMETER_RESULTS="$work/none" "$nightly" $suggested --dry-run
grep -q 'would run' "$work/out" || fail "not its options: $(cat "$work/out")"
end
