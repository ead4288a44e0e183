# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# For the shell tests: sourced first. Run from the build folder; $top_srcdir and
# $FORKMETER come from make check.
set -u
export LC_ALL=C
top_srcdir=${top_srcdir:-.}
FORKMETER=${FORKMETER:-./forkmeter}
case $FORKMETER in /*) ;; *) FORKMETER=$PWD/$FORKMETER ;; esac
case $top_srcdir in /*) ;; *) top_srcdir=$(cd "$top_srcdir" && pwd) ;; esac
export FORKMETER
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 99' INT TERM
failures=0

fail() {
	failures=$((failures + 1))
	echo "not ok: $*"
}

skip() {
	echo "skip: $*"
	exit 77
}

end() {
	[ "$failures" -eq 0 ] || exit 1
	exit 0
}

# expect STATUS PATTERN COMMAND...: the status, and one line on standard error
# that matches the pattern ("" for any).
expect() {
	want=$1 pattern=$2
	shift 2
	"$@" >"$work/out" 2>"$work/err"
	got=$?
	[ "$got" -eq "$want" ] ||
		fail "status $got, not $want: $* ($(cat "$work/err"))"
	[ -z "$pattern" ] || grep -q -- "$pattern" "$work/err" ||
		fail "no '$pattern' from: $* ($(cat "$work/err"))"
}

# column FILE NAME: that column of a TSV file, by name.
column() {
	awk -F'\t' -v name="$2" '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i
			if (!at) exit 1; next }
		{ print $at }' "$1"
}

# within SECONDS COMMAND...: tried until it succeeds, so long at most.
within() {
	left=$(($1 * 4))
	shift
	while ! "$@" >/dev/null 2>&1; do
		left=$((left - 1))
		[ $left -gt 0 ] || return 1
		sleep 0.25
	done
}

# No worker of ours, and no child of one, is left (bounded wait).
none_left() {
	tries=0
	while pgrep -f "forkmeter-worker.*$1" >/dev/null; do
		tries=$((tries + 1))
		[ "$tries" -lt 50 ] || return 1
		sleep 0.1
	done
}
