# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034,SC2154
# Part of scripts/nightly: one of them on a machine, whoever started it.
#
# The lock is of descriptor 9, which the measuring driver inherits: while that
# lives the lock is held, also where nightly itself was killed. Who holds it
# stands in a file beside it for each user, since none may write to another's.

lock='' has_lock=no

# The same place for all users: none of them chooses by what it may write.
choose_lock() {
	lock=${FORKMETER_LOCK-}
	[ -z "$lock" ] || return 0
	for folder in /run/lock /tmp; do
		lock=$folder/forkmeter-nightly.lock
		[ ! -e "$lock" ] && [ ! -k $folder ] || return 0
	done
}

# Opened for reading: with fs.protected_regular not even root may open another
# user's file in such a folder to create it.
open_lock() {
	choose_lock
	# shellcheck disable=SC2188
	(umask 0 && set -C && : >"$lock") 2>/dev/null
	# shellcheck disable=SC2015
	[ -f "$lock" ] && [ ! -L "$lock" ] && [ -r "$lock" ] ||
		die 4 "$lock: cannot be made, or is no file; name another in \
\$FORKMETER_LOCK, the same for all who measure on this machine"
	exec 9<"$lock"
}

say_holder() { # prints who holds it
	for file in "$lock".*; do
		[ -s "$file" ] || continue
		read -r pid since user <"$file" 2>/dev/null || continue
		if [ -d "/proc/$pid" ]; then
			echo "process $pid of $user has it since $since"
			return
		fi
		killed="what process $pid of $user began at $since goes on, \
though it was killed"
	done
	echo "${killed:-it is not to be seen from here who has it}"
}

take_lock() {
	open_lock
	if ! flock -n 9; then
		holder=$(say_holder)
		if [ "$wait_s" -eq 0 ]; then
			say 4 "another nightly is at work: $holder ($lock)"
			return 1
		fi
		say 5 "another nightly is at work: $holder; waiting for it, for \
$wait_s s at most ($lock)"
		stage='waiting for another nightly'
		if ! attend flock -w "$wait_s" 9; then
			say 4 "another nightly is still at work after $wait_s s: \
$(say_holder)"
			return 1
		fi
	fi
	has_lock=yes
	# Made anew: anybody may have put a link there, to a file of ours.
	rm -f -- "$lock.$(id -u)" 2>/dev/null
	(set -C && echo "$$ $(now_utc) $(id -un)" >"$lock.$(id -u)") \
		2>/dev/null || :
}

drop_lock() { # what another has is not ours to drop
	[ $has_lock = no ] || rm -f -- "$lock.$(id -u)" 2>/dev/null
}
