#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A report's page in a real browser: it asks nobody for anything, its tables sort
# and filter, it fits a telephone, prints, and can be read in light and in dark.
# shellcheck disable=SC1091
. "${top_srcdir:-.}/tests/lib.sh"

# Colours of what figures draw: 3 to 1 on both papers (WCAG 2.1, 1.4.11). Black is
# the page's ink there.
awk 'function channel(hex, v) {
	v = (index("0123456789abcdef", substr(hex, 1, 1)) - 1) * 16 + \
		index("0123456789abcdef", substr(hex, 2, 1)) - 1
	v /= 255
	return v <= 0.04045 ? v / 12.92 : exp(2.4 * log((v + 0.055) / 1.055))
}
function light(c) {
	c = tolower(c)
	if (length(c) == 3)
		c = substr(c, 1, 1) substr(c, 1, 1) substr(c, 2, 1) \
			substr(c, 2, 1) substr(c, 3, 1) substr(c, 3, 1)
	return 0.2126 * channel(substr(c, 1, 2)) + \
		0.7152 * channel(substr(c, 3, 2)) + 0.0722 * channel(substr(c, 5, 2))
}
function ratio(a, b, x, y) {
	x = light(a) + 0.05
	y = light(b) + 0.05
	return x > y ? x / y : y / x
}
function wants(least, a, b) {
	tried++
	if (ratio(a, b) < least) {
		print "not ok: contrast of " a " on " b ": " ratio(a, b)
		bad = 1
	}
}
FILENAME ~ /css$/ && /:root \{/ {
	n = split($0, part, ";")
	split("", value)
	for (i = 1; i <= n; i++)
		if (match(part[i], /--[a-z]+: #[0-9a-f]+/)) {
			split(substr(part[i], RSTART + 2, RLENGTH - 2), two, ": #")
			value[two[1]] = two[2]
		}
	papers[++k] = value["paper"]
	wants(4.5, value["ink"], value["paper"])
	wants(4.5, value["dim"], value["paper"])
	wants(4.5, value["warn"], value["paper"])
	wants(4.5, value["link"], value["paper"])
	wants(4.5, value["ink"], value["fresh"] ? value["fresh"] : "fff")
	next
}
FILENAME ~ /sql$/ {
	while (match($0, /0x[0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F]/)) {
		c = substr($0, RSTART + 2, 6)
		$0 = substr($0, RSTART + RLENGTH)
		for (i = 1; c != "000000" && i <= k; i++)
			wants(3, c, papers[i])
	}
}
END {
	print tried + 0 " pairs of colours"
	exit bad || tried < 20
}' "$top_srcdir/scripts/page.css" "$top_srcdir/scripts/views.sql" ||
	fail 'the contrast is too low, or no colour was found'

for tool in gnuplot sqlite3; do
	command -v $tool >/dev/null || skip "$tool is not installed"
done
. "$top_srcdir/tests/browser.sh"
browser=$(browser_find)
[ -n "$browser" ] || skip 'no Chromium is installed: only colours were tried'

# Names that would leave where they are put.
run=$work/run
"$FORKMETER" run spawn start wait --rounds 3 --samples 10 --rss 0,2M,4M,8M \
	--strategy fork,vfork,posix_spawn --out "$run" >/dev/null 2>&1 ||
	fail 'no run'
sed -i 's/"cpu_model": .*/"cpu_model": "A\&B <C> \\"D\\" 5% #1 _x_ '"'q'"'",/
	s/"host": .*/"host": "<h>\&amp;_%#\\"",/' "$run/machine.json"
mkdir "$work/two"
cp -r "$run" "$work/two/other & <run>"
expect 0 '' "$top_srcdir/scripts/report" "$run"
expect 0 '' "$top_srcdir/scripts/report" --out "$work/both" "$run" \
	"$work/two/other & <run>"

# A lab: as many machines as stand on a page of paper in one figure, on kernels of
# two names.
for n in {1..32}; do
	cp -r "$run" "$work/lab-$n"
	sed -i "s/\"host\": \"/&$n/; s/\"kernel\": \"/&$((n % 2))./" \
		"$work/lab-$n/machine.json"
done
expect 0 '' "$top_srcdir/scripts/report" --out "$work/lab" "$work"/lab-*

pages=("$run/report/index.html" "$work/both/index.html" "$work/lab/index.html")
# Numbers in coloured bars, where this machine lets us sample.
if "$FORKMETER" profile spawn --strategy fork --child exit,exec --rss 8M \
	--time 3s --out "$work/profile-run" >/dev/null 2>&1; then
	expect 0 '' "$top_srcdir/scripts/report" "$work/profile-run"
	pages+=("$work/profile-run/report/index.html")
else
	echo 'skip the figure of a profile: nothing can be sampled here'
fi

browser_start "$browser" || skip "$browser does not start here: $(
	tail -n 1 "$work/browser.log")"
trap 'browser_stop; rm -rf "$work"' EXIT

use_tables() {
	none 'tables sort' "unsorted('points', 'median')"
	none 'tables filter' "unfiltered('points', 'spawn fork')"
	none 'samples are shown' 'unlooked()'
	# By the keyboard, too.
	evaluate 'document.querySelector("#points th button").focus()' >/dev/null
	for kind in keyDown keyUp; do
		call Input.dispatchKeyEvent "{\"type\": \"$kind\", \"key\": \"Enter\",
			\"code\": \"Enter\", \"text\": \"\\r\",
			\"windowsVirtualKeyCode\": 13}" || fail "no key: $reply"
	done
	[ "$(evaluate 'document.querySelector("#points th").getAttribute("aria-sort")')" = \
		ascending ] || fail 'Enter does not sort'
}

for page in "${pages[@]}"; do
	echo "page: $page"
	screen 1100 16000
	media screen light
	browse "file://$page" || fail "the page does not load: $reply"
	evaluate "$(cat "$top_srcdir/tests/page.js")" >/dev/null
	[ "$(evaluate 'document.querySelectorAll("figure svg").length > 1')" = 1 ] ||
		fail 'hardly a figure'
	none 'every image, table and control has words' 'withoutWords()'
	none 'links lead somewhere' 'brokenLinks()'
	none 'it fits a wide screen' 'tooWide()'
	none 'text can be read in light' 'paleText()'
	media screen dark
	none 'text can be read in dark' 'paleText()'
	media screen light
	# Few rows have no filter.
	case $page in */profile-run/* | */lab/*) ;; *) use_tables ;; esac

	screen 375 16000
	none 'it fits 375 pixels' 'tooWide()'
	none 'figures can be read there' 'tooSmall(9)'

	# A4 less its margins.
	media print light
	screen 718 16000
	none 'it fits paper' 'tooWide()'
	none 'no figure is higher than paper' 'tooTall(940)'
	none 'text can be read on paper' 'paleText()'
	[ "$(evaluate '[...document.querySelectorAll(".filter, .anchor, nav")].every(
		element => getComputedStyle(element).display === "none")')" = 1 ] ||
		fail 'what only a screen needs is printed'
	call Page.printToPDF '{"paperWidth": 8.27, "paperHeight": 11.69}' ||
		fail "does not print: $reply"
	[ "$(json "$reply" '$.result.data' text | base64 -d | head -c 5)" = '%PDF-' ] ||
		fail 'no PDF'

	alone
done

# A filtered table can be linked to.
browse about:blank
browse "file://$run/report/index.html#points?vfork%20exec"
[ "$(evaluate 'document.querySelector("#points .filter input").value')" = 'vfork exec' ] ||
	fail 'the address does not filter'

# Files of figures are well-formed by themselves, and say what they show.
for figure in "$run"/report/*.svg; do
	browse "file://$figure"
	[ "$(evaluate '!document.querySelector("parsererror") &&
		document.documentElement.localName === "svg" &&
		document.querySelector("desc").textContent.length > 20')" = 1 ] ||
		fail "not well-formed, or without words: $figure"
done
end
