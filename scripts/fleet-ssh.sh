# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# For scripts/fleet: machines that ssh reaches, by GNU parallel; and the keeper, a
# process of its own that does what has no last job.
# shellcheck disable=SC2154 # id, fleet, tmp and what was asked are fleet's

ssh_need() {
	need parallel parallel
	# shellcheck disable=SC2086
	need ${ssh%% *} openssh-client
	need setsid util-linux
}

# $tmp/nodes: name and sshlogin. GNU parallel's groups, @NAME/LOGIN, give the
# name; else it is the host.
ssh_nodes() {
	[ -z "$nodes" ] || [ -z "$hosts" ] || die 2 '--nodes and --hosts: want one'
	if [ -n "$hosts" ]; then
		[ -r "$hosts" ] || die 2 "--hosts: $hosts: not readable"
		sed 's/#.*//; s/^[[:space:]]*//; s/[[:space:]]*$//; /^$/d' "$hosts"
	else
		printf '%s\n' "$nodes" | tr ',' '\n' | sed '/^$/d'
	fi >"$tmp/logins"
	[ -n "$hosts$nodes" ] ||
		die 2 '--via ssh: want machines; name them by --nodes or --hosts'
	[ -s "$tmp/logins" ] || die 2 "${hosts:---nodes}: names no machine"
	while read -r login; do
		case $login in
		@*/*)
			name=${login%%/*}
			name=${name#@}
			login=${login#*/}
			;;
		*)
			name=${login##*@}
			name=${name%%:*}
			;;
		esac
		case $login in -* | *[!A-Za-z0-9@._:\[\]-]*) die 2 "'$login': want \
[USER@]HOST[:PORT]" ;; esac
		check_name "$name"
		printf '%s\t%s\n' "$name" "$login"
	done <"$tmp/logins" >"$tmp/nodes"
	twice=$(cut -f 1 "$tmp/nodes" | sort | uniq -d | tr '\n' ' ')
	[ -z "$twice" ] || die 2 "machines of one name: $twice; name them apart, \
as @NAME/HOST"
}

ssh_submit() { # [echo] RUN-ARGUMENTS...
	if [ -n "$1" ]; then
		shift
		while read -r name login; do
			printf '%s\n' "$@" | carry show fetch
		done <"$tmp/nodes"
		quote "$here/fleet" collect "$id" && echo
		return
	fi
	printf 'ssh\t%s\n' "$ssh" >>"$fleet/request"
	printf 'wait\t%s\n' "$wait" >>"$fleet/request"
	keep_going
}

# ------------------------------------------------------------------- the keeper
keep_going() {
	setsid nohup "$here/fleet" keep "$id" </dev/null >"$fleet/keeper.log" 2>&1 &
	echo $! >"$fleet/keeper.pid" # setsid and nohup stay the same process
}

keep() { # ID
	find_fleet "$@"
	find_forkmeter
	# shellcheck disable=SC2034 # for is_being_fetched and fetch
	keeping=yes
	exec 6>"$fleet/keeper"
	# Who looks whether it is held, holds it for a moment.
	flock -w 60 6 || die 4 "$id: has its keeper already"
	echo $$ >"$fleet/keeper.pid"
	if [ "$via" = ssh ]; then
		keep_ssh
	else
		look
		while cut -f 2 "$tmp/now" | grep -qx 'waiting\|running\|unknown'; do
			[ "$(date +%s)" -le $((over + 60)) ] || break
			sleep 3
			slurm_fetch # a parcel returns as soon as its task is gone
			look
		done
	fi
	: >"$fleet/kept" # nobody measures any more
	collect_now 2>"$fleet/collect.log"
}

# A keeper holds its lock for as long as it keeps, and then collects.
keeper_is_lost() {
	pid=$(cat "$fleet/keeper.pid" 2>/dev/null || :)
	[ -z "$pid" ] || ! kill -0 "$pid" 2>/dev/null || return 1
	sleep 3 # it may be about to begin, or have just ended
	pid=$(cat "$fleet/keeper.pid" 2>/dev/null || echo 0)
	[ ! -e "$fleet/done" ] && ! { [ "$pid" -gt 0 ] && kill -0 "$pid" 2>/dev/null; }
}

without_parcel() { # prints their lines of nodes.tsv
	while IFS='	' read -r name login; do
		[ -d "$fleet/nodes/$name" ] || printf '%s\t%s\n' "$name" "$login"
	done <"$fleet/nodes.tsv"
}

# All at once; whom it did not reach it tries again until --wait is over. Then it
# asks once more those that may be measuring since a connection was lost.
keep_ssh() {
	wait=$(asked wait)
	round=0
	while :; do
		now=$(date +%s)
		without_parcel >"$tmp/missing"
		[ -s "$tmp/missing" ] || break
		[ $round -eq 0 ] || [ "$now" -le $((begun + wait)) ] || break
		round=$((round + 1))
		one_round fetch || :
		without_parcel >"$tmp/missing"
		[ ! -s "$tmp/missing" ] || [ "$(date +%s)" -gt $((begun + wait)) ] ||
			sleep 5
	done
	one_round join || :
}

one_round() { # VERB of fleet-task, for all of which nothing came
	without_parcel >"$tmp/round"
	[ -s "$tmp/round" ] || return 0
	# GNU parallel asks for citation once; doc/fleet cites it.
	parallel --will-cite --plain -j0 --colsep '\t' --joblog "+$fleet/joblog" \
		--timeout $((seconds + 300)) "$here/fleet" hop "$id" "$1" '{1}' '{2}' \
		:::: "$tmp/round" </dev/null
}

# One machine, from GNU parallel: its task, and its parcel back.
hop() { # ID VERB NAME LOGIN
	find_results
	find_fleet "$1"
	name=$3 login=$4 ssh=$(asked ssh)
	over_ssh "$2" <"$fleet/arguments" >"$tmp/parcel" || {
		status=$?
		note_unreached $status
		exit $status
	}
	unpack "$name" || die 4 "$name: what came back is no parcel"
	over_ssh forget </dev/null || :
}

# ssh's own last words in the log, said as ours, so that they are told from what
# merely comes before a connection, such as a banner.
note_unreached() { # STATUS
	words=$(tail -n "+$((lines + 1))" "$log" | tr -d '\r' | tr '\t' ' ' |
		sed 's/ *$//; /^$/d' | tail -n 1)
	case $words in
	fleet-task:*) ;;
	*) echo "fleet: not reached: ${words:-ssh ended with status $1}" >>"$log" ;;
	esac
}

over_ssh() { # VERB, of $name at $login; run arguments, one a line, from stdin
	log=$fleet/log/$name
	touch "$log"
	lines=$(wc -l <"$log")
	FLEET_TASK=$(cat "$fleet/task")
	export FLEET_TASK
	status=0
	carry '' "$1" 2>>"$log" || status=$?
	return $status
}

carry() { # show|'' VERB: over_ssh's command is shown, or runs
	try=$1
	set -- "$2" "$id" "$name" "$seconds" "$on_node" ''
	while IFS= read -r word; do set -- "$@" "$word"; done
	# shellcheck disable=SC2016 # it is for the shell there
	set -- parallel --will-cite --plain --ssh "$ssh -o BatchMode=yes \
-o ConnectTimeout=15 -o ServerAliveInterval=20 -o ServerAliveCountMax=3" \
		--sshlogin "$login" --nonall --retries 2 --ungroup --env FLEET_TASK \
		'sh -c "$FLEET_TASK" fleet-task '"$(quote "$@")"
	if [ -n "$try" ]; then
		# shellcheck disable=SC2016 # for who reads it
		printf 'FLEET_TASK="$(cat %s)" %s\n' "$(quote "$here/fleet-task")" \
			"$(quote "$@")"
	else
		"$@" </dev/null
	fi
}

ssh_look() {
	running=''
	pid=$(cat "$fleet/keeper.pid" 2>/dev/null || :)
	[ -z "$pid" ] || ! kill -0 "$pid" 2>/dev/null || running=yes
	[ -n "$pid" ] || [ "$(date +%s)" -gt $((begun + 10)) ] || running=yes
	[ ! -e "$fleet/kept" ] || running=''
	while IFS='	' read -r name _; do
		last=$(grep -s '^fleet-task: \|^fleet: not reached: ' "$fleet/log/$name" |
			tail -n 1 | tr -d '\r' | tr '\t' ' ')
		began=0 state=waiting reason='no connection yet'
		! grep -qs '^fleet-task: ' "$fleet/log/$name" || began=1
		case $last in
		'fleet: '*) state=unreached reason=${last#fleet: not reached: } ;;
		*': reached') state=running reason='' ;;
		?*) state=running reason=$last ;;
		esac
		[ -n "$running" ] || {
			[ $state != waiting ] || reason=''
			state=gone
		}
		printf '%s\t%s\t%s\t%s\n' "$name" "$state" $began "$reason"
	done <"$fleet/nodes.tsv" >"$tmp/seen"
}

# collect, where the keeper is gone: once more to those of which nothing came.
ssh_fetch() {
	[ -e "$fleet/told.tsv" ] && [ -e "$fleet/done" ] && return 0
	one_round join || :
}
