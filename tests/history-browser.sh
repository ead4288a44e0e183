#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A history's page in a real browser, as page.sh looks at a report's: it asks nobody
# for anything, its tables sort and filter, lines open, it fits a telephone, prints,
# and can be read in light and in dark.
# shellcheck disable=SC1091
. "${top_srcdir:-.}/tests/lib.sh"
. "$top_srcdir/tests/browser.sh"
. "$top_srcdir/tests/nights.sh"
. "$top_srcdir/tests/lab_nights.sh"
for tool in gnuplot sqlite3; do
	command -v $tool >/dev/null || skip "$tool is not installed"
done
browser=$(browser_find)
[ -n "$browser" ] || skip 'no Chromium is installed'

# A lab, and one machine of three nights.
export FORKMETER_RESULTS=$work/lab
first_night wait spawn cow --rss 0,4M
make_lab
expect 0 '' "$top_srcdir/scripts/history-page" --now 2026-03-10T08:00:00Z
export FORKMETER_RESULTS=$work/solo
folder=solo nights 'solo, & only' 1 3 6.12.9 1 1
expect 0 '' "$top_srcdir/scripts/history-page" --now 2026-01-04T08:00:00Z

browser_start "$browser" || skip "$browser does not start here: $(
	tail -n 1 "$work/browser.log")"
trap 'browser_stop; rm -rf "$work"' EXIT
for name in lab solo; do
	page=$work/$name/index.html
	table=machine-1 # one without broken lines
	[ $name = solo ] || table=machine-2
	echo "page: $page"
	screen 1100 12000
	media screen light
	browse "file://$page" || fail "the page does not load: $reply"
	evaluate "$(cat "$top_srcdir/tests/page.js")" >/dev/null
	none 'every image, table and control has words' 'withoutWords()'
	none 'links lead somewhere' 'brokenLinks()'
	none 'it fits a wide screen' 'tooWide()'
	none 'lines are seen' 'badLines()'
	none 'text can be read in light' 'paleText()'
	media screen dark
	none 'text can be read in dark' 'paleText()'
	media screen light
	none 'tables sort' "unsorted('$table', 'newest µs')"
	none 'tables filter' "unfiltered('$table', 'fork exit')"
	none 'nights are shown' "unlookedNights('$table')"

	screen 375 12000
	none 'it fits 375 pixels' 'tooWide()'
	none 'figures can be read there' 'tooSmall(9)'

	media print light
	screen 718 12000
	none 'it fits paper' 'tooWide()'
	none 'no figure is higher than paper' 'tooTall(940)'
	none 'lines are printed' 'badLines()'
	none 'text can be read on paper' 'paleText()'
	call Page.printToPDF '{"paperWidth": 8.27, "paperHeight": 11.69}' ||
		fail "does not print: $reply"
	[ "$(json "$reply" '$.result.data' text | base64 -d | head -c 5)" = '%PDF-' ] ||
		fail 'no PDF'
	alone
done
end
