#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The layer lint passes on the tree, and finds what it is there to find.
. "${top_srcdir:-.}/tests/lib.sh"

"$top_srcdir/scripts/lint" "$top_srcdir" || fail 'the tree breaks a rule'

tree=$work/tree
mkdir -p "$tree/scripts"
cp -r "$top_srcdir/lib" "$top_srcdir/bench" "$top_srcdir/tests" "$tree"
chmod -R u+w "$tree"
caught() { # WHAT FILE TEXT: that text in that file must be found
	cp "$tree/$2" "$work/saved"
	printf '%s\n' "$3" >>"$tree/$2"
	"$top_srcdir/scripts/lint" "$tree" >"$work/out" &&
		fail "lint did not see: $1"
	grep -q "$2" "$work/out" || fail "lint does not name $2"
	cp "$work/saved" "$tree/$2"
}
caught 'lib includes bench' lib/stats.c '#include "bench.h"'
caught 'plug-in includes options' bench/strategy/fork.c '#include "options.h"'
caught 'plug-in prints' bench/workload/cow.c 'int f(void) { return puts("x"); }'
caught 'lib exits' lib/file.c 'void g(void) { exit(1); }'
caught 'lib ends a process' lib/file.c 'void g(void) { _exit(1); }'
caught 'long line' bench/plan.c "/* $(printf '%080d' 0) */"
if command -v shellcheck >/dev/null; then
	(
		cd "$top_srcdir" || exit 1
		set -- scripts/bench-history scripts/bench-self scripts/fleet \
			scripts/fleet-* scripts/history-page \
			scripts/history.sh scripts/lint scripts/mkregistry \
			scripts/mkwrapper scripts/quickstart scripts/report scripts/mkdocs \
			scripts/nightly scripts/night/*.sh \
			scripts/study scripts/study-pages.sh scripts/trace \
			completion/ask.sh completion/forkmeter.bash \
			tests/*.sh bootstrap
		[ ! -e .ci/run ] || set -- "$@" .ci/run # not in a tarball
		shellcheck -x "$@"
	) ||
		fail 'shellcheck complains'
else
	echo 'skip shellcheck: not installed'
fi
end
