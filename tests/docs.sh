#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual and results/README say what the program's own tables say.
. "${top_srcdir:-.}/tests/lib.sh"

for page in doc/forkmeter.1 results/README; do
	"$top_srcdir/scripts/mkdocs" "$FORKMETER" "$top_srcdir/$page.in" \
		>"$work/page" || fail "$page cannot be made"
	cmp -s "$work/page" "$top_srcdir/$page" ||
		fail "$page is out of date: make docs"
done
grep -q 'block.*time' "$top_srcdir/doc/forkmeter.1" || fail 'no options in it'
grep -q 'minflt_expected' "$top_srcdir/results/README" || fail 'no columns in it'
if command -v groff >/dev/null; then
	warnings=$(groff -man -Tutf8 -ww "$top_srcdir/doc/forkmeter.1" \
		2>&1 >/dev/null)
	[ -z "$warnings" ] || fail "forkmeter.1: $warnings"
fi
end
