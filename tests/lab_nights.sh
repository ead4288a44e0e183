# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034,SC2154
# A lab whose truth is known, for the tests of its page: sourced after nights.sh.

# Four machines: lab7 with a gap, a bad night, and on the 3rd of March a kernel
# with which fork takes 12 % longer and vfork 4 % less; lab8, silent since the 7th;
# one with an odd name, whose fork takes 10 % less since the 20th of February; and a
# new one. The newest night is the 10th.
make_lab() {
	nights lab7 1 30 6.12.9 1 1
	nights lab7 34 60 6.12.9 1 1
	nights lab7 45 45 6.12.9 1.3 1.3
	nights lab7 61 68 6.12.10 1.12 0.96
	nights lab8 20 65 6.12.9 1 1
	hardware=odd folder=odd nights "a<b>&\\\"'c" 20 49 6.12.9 1 1
	hardware=odd folder=odd nights "a<b>&\\\"'c" 50 67 6.12.9 0.9 1
	hardware=odd folder=odd broken=cow nights "a<b>&\\\"'c" 68 68 6.12.9 0.9 1
	hardware='odd & folder' folder='odd & folder' nights new1 66 68 6.12.10 1 1
	{
		printf 'host\tbegan\tended\tstatus\trun\treason\n'
		printf 'lab7\t2026-03-10T02:00:00Z\t2026-03-10T02:40:00Z\t0\tlab7/68\t\n'
		printf "a<b>&\"'c\t2026-03-10T02:00:00Z\t2026-03-10T02:30:00Z\t0\t\tin noise\n"
		printf 'lab8\t2026-03-10T02:00:00Z\t2026-03-10T02:30:00Z\t3\t\tnot quiet <b>\n'
		printf 'lab9\t2026-03-10T02:00:00Z\t2026-03-10T02:00:01Z\t4\t\tdisk full\n'
		printf 'lab9\ttorn'
	} >"$FORKMETER_RESULTS/nights.tsv"
}
