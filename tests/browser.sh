# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2154
# Drives a headless Chromium over its DevTools protocol, for tests of pages: sourced
# after lib.sh. Messages are JSON, each ended by a NUL, on two pipes; sqlite3
# quotes and reads them.

browser_find() { # prints the one that is here, if any is
	for name in "${CHROMIUM-}" chromium chromium-browser google-chrome; do
		[ -n "$name" ] && command -v "$name" && return
	done
	return 0
}

browser_start() { # CHROMIUM
	mkfifo "$work/to" "$work/from"
	HOME=$work timeout 300 "$1" --headless --no-sandbox --disable-gpu \
		--disable-dev-shm-usage --no-first-run --user-data-dir="$work/profile" \
		--remote-debugging-pipe 3<"$work/to" 4>"$work/from" \
		2>"$work/browser.log" &
	browser=$!
	exec 8>"$work/to" 9<"$work/from"
	message=0
	session=
	: >"$work/events"
	call Target.createTarget '{"url": "about:blank"}' || return
	call Target.attachToTarget "{\"flatten\": true, \"targetId\":
		$(json "$reply" '$.result.targetId')}" || return
	session=", \"sessionId\": $(json "$reply" '$.result.sessionId')"
	for domain in Page Runtime Log Network; do
		call $domain.enable '{}' || return
	done
}

browser_stop() {
	exec 8>&-
	kill "$browser" 2>/dev/null
	wait "$browser" 2>/dev/null
	exec 9<&-
}

# json TEXT PATH: what is there, as JSON; with a third argument: as text.
json() {
	printf '%s' "$1" >"$work/json"
	sqlite3 :memory: "SELECT CAST(readfile('$work/json') AS TEXT)
		$([ $# -gt 2 ] && echo '->>' || echo '->') '$2'"
}

# call METHOD PARAMETERS: the answer is in reply; what comes meanwhile in events.
call() {
	message=$((message + 1))
	printf '{"id": %d, "method": "%s", "params": %s%s}\0' \
		"$message" "$1" "$2" "$session" >&8
	while IFS= read -r -d '' -t 60 reply <&9; do
		case $reply in
		"{\"id\":$message,"*)
			case $reply in *'"error":'*) return 1 ;; esac
			return 0
			;;
		*) printf '%s\n' "$reply" >>"$work/events" ;;
		esac
	done
	reply='no answer'
	return 1
}

# evaluate EXPRESSION: its value, as text, of a promise when it is there.
evaluate() {
	printf '%s' "$1" >"$work/expression"
	call Runtime.evaluate "{\"returnByValue\": true, \"awaitPromise\": true,
		\"expression\": $(sqlite3 :memory: \
		"SELECT json_quote(CAST(readfile('$work/expression') AS TEXT))")}" || return
	json "$reply" '$.result.result.value' text
}

# browse URL: open it, and wait until it is loaded.
browse() {
	: >"$work/events"
	call Page.navigate "{\"url\": \"$1\"}" || return
	evaluate 'new Promise(done => document.readyState === "complete" ? done(1) :
		addEventListener("load", () => done(1)))' >/dev/null
}

# none WHAT EXPRESSION: a list of complaints, which must be empty.
none() {
	if ! said=$(evaluate "JSON.stringify($2)"); then
		fail "$1: $reply"
	elif [ "$said" != '[]' ]; then
		fail "$1: ${said:0:600}"
	else
		echo "ok: $1"
	fi
}

screen() { # WIDTH HEIGHT
	call Emulation.setDeviceMetricsOverride "{\"width\": $1, \"height\": $2,
		\"deviceScaleFactor\": 1, \"mobile\": false}" ||
		fail "no screen: $reply"
}

media() { # MEDIUM SCHEME
	call Emulation.setEmulatedMedia "{\"media\": \"$1\", \"features\":
		[{\"name\": \"prefers-color-scheme\", \"value\": \"$2\"}]}" ||
		fail "no medium: $reply"
}

# The page complained of nothing, and asked nobody for anything.
alone() {
	grep -E 'Runtime.exceptionThrown|"level":"(error|warning)"|"type":"(error|warning|assert)"' \
		"$work/events" >"$work/bad" && fail "the console says: $(head -c 600 "$work/bad")"
	asked=$(grep -c 'Network.requestWillBeSent"' "$work/events")
	[ "$asked" -eq 1 ] || fail "$asked requests, and not one for the page alone: $(
		grep -o '"url":"[^"]*"' "$work/events" | sort -u | head -n 5)"
}
