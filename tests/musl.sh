#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The measured process with another C library: the worker and the tests of
# plug-ins built by musl-gcc, and a run with that worker.
. "${top_srcdir:-.}/tests/lib.sh"
command -v musl-gcc >/dev/null || skip 'musl-gcc is not installed'

src=$top_srcdir
mkdir "$work/musl"
# The kernel's headers, which musl-gcc leaves out, without glibc's beside them.
mkdir "$work/kernel"
for dir in linux asm-generic "$(gcc -print-multiarch)/asm"; do
	[ ! -d "/usr/include/$dir" ] || ln -s "/usr/include/$dir" "$work/kernel"
done
# Sources of libmeasure, one a line.
sources() {
	sed -n 's/^libmeasure_a_SOURCES += //p; s/^plugins += //p' \
		"$src/Makefile.am" | tr ' ' '\n' | sed -n "s|.*\\.c\$|$src/&|p"
}
build() ( # PROGRAM SOURCE...
	program=$1
	shift
	IFS='
'
	# shellcheck disable=SC2046
	musl-gcc -static-pie -fPIE -Wl,-z,now -O2 -std=gnu11 -D_GNU_SOURCE -I. \
		-I"$src/lib" -I"$src/bench" -idirafter "$work/kernel" \
		-o "$work/musl/$program" "$@" bench/registry.c $(sources) \
		2>"$work/err"
)
for test in contract sharing strategy; do
	build "$test" "$src/tests/$test.c" || {
		cat "$work/err"
		fail "tests/$test.c does not build"
		end
	}
	"$work/musl/$test" || fail "tests/$test.c fails"
done
build forkmeter-worker "$src"/bench/worker*.c "$src/bench/trace_actor.c" ||
	fail "the worker does not build: $(cat "$work/err")"
cp forkmeter-target "$work/musl"
FORKMETER_LIBEXEC=$work/musl "$FORKMETER" run wait cow --rss 0,2M --rounds 1 \
	--samples 10 --set writer=child,parent --out "$work/run" >/dev/null 2>"$work/err" ||
	fail "no run: $(cat "$work/err")"
FORKMETER_LIBEXEC=$work/musl "$FORKMETER" trace >"$work/out" 2>"$work/err" ||
	fail "no trace: $(cat "$work/err")"
end
