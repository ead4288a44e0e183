#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A run of an emulated machine is told to be one wherever its times are.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER run=$work/run
says='measured under an emulator (qemu max icount shift=1): its times'

expect 0 '' "$fm" run null --rounds 3 --samples 20 --out "$run"
grep -q '"state_keys": "[^"]*\<emulator' "$run/machine.json" ||
	fail 'emulator is no key of state'
if grep -q '"emulator": null' "$run/machine.json"; then
	expect 0 '' "$fm" show "$run"
	grep -q 'under an emulator' "$work/err" && fail 'this machine is real'
	"$fm" doctor 2>/dev/null | grep -q '^ok *emulator ' ||
		fail 'doctor takes this machine for emulated'
else
	"$fm" doctor 2>/dev/null | grep -q '^limit *emulator ' ||
		fail 'doctor does not say what emulates'
fi

sed -i 's/"emulator": .*/"emulator": "qemu max icount shift=1",/
	/"emulator_why"/d' "$run/machine.json"
expect 0 "$says" "$fm" show "$run"
if command -v gnuplot >/dev/null && command -v sqlite3 >/dev/null; then
	page=$("$top_srcdir/scripts/report" "$run" 2>"$work/err") ||
		fail "no report: $(cat "$work/err")"
	grep -q "$says" "$page" || fail 'the report does not say it'
else
	echo 'skip the report: it takes gnuplot and sqlite3'
fi
end
