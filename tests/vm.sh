#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What scripts/vm says of mistakes, and of what is missing, before it fetches or
# starts anything. The guest itself is make vm-check's.
. "${top_srcdir:-.}/tests/lib.sh"
vm=$top_srcdir/scripts/vm
XDG_CACHE_HOME=$work/cache
export XDG_CACHE_HOME

expect 0 '' "$vm" --help
grep -q '^Usage: scripts/vm ' "$work/out" || fail 'no help'
while IFS='|' read -r pattern arguments; do
	# shellcheck disable=SC2086
	expect 2 "$pattern" "$vm" $arguments
	[ "$(wc -l <"$work/err")" -eq 1 ] || fail "not one line: $arguments"
	[ ! -s "$work/out" ] || fail "output: $arguments"
done <<'END'
no command|--arch arm64
not arm64, amd64 or riscv64|--arch sparc true
its value is missing|--kernel
no such option|--kernels 6.1 true
not like 6.1|--kernel new true
not like 512M|--memory 2T true
not like 90s|--timeout soon true
not like shift=1|--icount 3 true
not like 4|--smp many true
from the start|--smp 2,maxcpus=4 true
two nodes need two|--numa --smp 1 true
the guest has that itself|--out /usr/share/results true
plain names only|--out /tmp/a:b true
takes no command|--deterministic true
goes with --kernel|--deterministic --arch amd64
no text file with the lines|--deterministic --into /nonexistent
goes with --deterministic|--into /dev/null true
not like 6.1|--deterministic --kernel 6.1,new
not like 6.1|--kernel 6.1,6.12 true
END

# Every command that it asks for, but one, is there: the package is named.
mkdir "$work/bin"
stub() {
	printf '#!/bin/sh\nexit 1\n' >"$work/bin/$1"
	chmod +x "$work/bin/$1"
}
for command in sh cat dirname grep; do
	ln -s "$(command -v "$command")" "$work/bin/$command"
done
for command in qemu-system-aarch64 dpkg-deb apt-get cpio modprobe flock; do
	stub "$command"
done
missing() { # COMMAND PACKAGE
	rm "$work/bin/$1"
	PATH=$work/bin expect 3 "$1 is missing; install $2" "$vm" true
	stub "$1"
}
missing qemu-system-aarch64 qemu-system-arm
missing cpio cpio
missing modprobe kmod
missing flock util-linux
missing apt-get apt
[ ! -e "$work/cache" ] || fail 'something was fetched'
end
