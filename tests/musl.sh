#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The measured process with another C library: the worker and the contract test
# built by musl-gcc, and a run with that worker.
. "${top_srcdir:-.}/tests/lib.sh"
command -v musl-gcc >/dev/null || skip 'musl-gcc is not installed'

src=$top_srcdir
mkdir "$work/musl"
build() { # PROGRAM SOURCE...
	program=$1
	shift
	musl-gcc -static-pie -fPIE -Wl,-z,now -O2 -std=gnu11 -D_GNU_SOURCE -I. \
		-I"$src/lib" -I"$src/bench" -o "$work/musl/$program" "$@" \
		"$src"/lib/clock.c "$src"/lib/err.c "$src"/lib/file.c \
		"$src"/lib/pagemap.c "$src"/lib/pages.c "$src"/lib/record.c \
		"$src"/bench/child.c "$src"/bench/region.c "$src"/bench/sample.c \
		"$src"/bench/window.c bench/registry.c \
		"$src"/bench/strategy/*.c "$src"/bench/backing/*.c \
		"$src"/bench/workload/*.c 2>"$work/err"
}
build contract "$src/tests/contract.c" || {
	cat "$work/err"
	fail 'the contract test does not build'
	end
}
"$work/musl/contract" || fail 'a contract does not hold'
build forkmeter-worker "$src/bench/worker.c" "$src/bench/worker_offers.c" \
	"$src/bench/trace_actor.c" ||
	fail "the worker does not build: $(cat "$work/err")"
cp forkmeter-target "$work/musl"
FORKMETER_LIBEXEC=$work/musl "$FORKMETER" run wait cow --rss 0,2M --rounds 1 \
	--samples 10 --set writer=all --out "$work/run" >/dev/null 2>"$work/err" ||
	fail "no run: $(cat "$work/err")"
FORKMETER_LIBEXEC=$work/musl "$FORKMETER" trace >"$work/out" 2>"$work/err" ||
	fail "no trace: $(cat "$work/err")"
end
