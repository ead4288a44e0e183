#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The page of a history whose truth is known: what it says, where its links lead,
# that names stay names; and forkmeter.prom beside it.
. "${top_srcdir:-.}/tests/lib.sh"
# shellcheck disable=SC1091
. "$top_srcdir/tests/nights.sh"
. "$top_srcdir/tests/lab_nights.sh"
page=$top_srcdir/scripts/history-page
export FORKMETER_RESULTS="$work/the results"
command -v sqlite3 >/dev/null || skip 'sqlite3 is not installed'
html=$FORKMETER_RESULTS/index.html
prom=$FORKMETER_RESULTS/forkmeter.prom
morning=2026-03-10T08:00:00Z

# The text of the page, a block a line.
text() {
	sed 's/<script.*//; s/<br>/ /g; s/<a [^>]*>[^<]*<\/a>//g; s/<[^>]*>//g' "$html" |
		sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#39;/'"'"'/g; s/&amp;/\&/g'
}
says() { # PATTERN
	text | grep -q -- "$1" || fail "the page does not say: $1"
}
silent() { # PATTERN
	text | grep -q -- "$1" && fail "the page says: $1"
}

# ------------------------------------------------------------- what is refused
expect 2 'no history yet' "$page"
expect 2 'no such option' "$page" --frobnicate
expect 2 'no such option' "$page" run
expect 2 'needs a value' "$page" --out
expect 2 'want a number' "$page" --days 0
expect 2 'want a number' "$page" --hours 1x
expect 2 'want a time' "$page" --now yesterday
expect 0 '' "$page" --help

first_night wait spawn cow --rss 0,4M
make_lab
expect 2 'no such folder' "$page" --out "$work/not there/x.html"
expect 2 'is a folder' "$page" --out "$work"
expect 2 'no run that began before now' "$page" --now 2025-01-01T00:00:00Z

# ------------------------------------------------------------- what changed
mkdir "$FORKMETER_RESULTS/lab7/68/report"
: >"$FORKMETER_RESULTS/lab7/68/report/index.html"
expect 0 '' "$page" --now $morning
[ "$(cat "$work/out")" = "$html" ] || fail "not its path: $(cat "$work/out")"
[ ! -s "$work/err" ] || fail "complains: $(cat "$work/err")"
says '^What changed on 4 machines, 2026-03-10$'
says '^3 of 5 machines reported in the 24 hours before 2026-03-10 08:00 UTC\.$'
says '^New: 1 change for the worse, on 1 machine; 1 for the better\.'
"$FORKMETER" trend --dry-run --format tsv >told.tsv 2>trend.err
judged=$(sed -n 's/.* \([0-9]*\) series judged, of .*/\1/p' trend.err)
young=$(sed -n 's/.*fewer than 6 runs, not judged: //p' trend.err)
says " $judged series were judged\.$"
says "^$young series have fewer than 6 runs"
grep -v 'id of odd' told.tsv >lab7.tsv
slower=$(column lab7.tsv verdict | grep -c slower)
faster=$(column lab7.tsv verdict | grep -c faster)
[ "$slower $faster" = '5 4' ] || fail "not what was planted: $(cat told.tsv)"
says "^lab7: since 2026-03-03.*, $slower series slower, most .* fork.*: [0-9.]* → 22\.[0-9]* µs, +1[0-9.]* % \[+.* … +.* %\]; $faster faster, most .* vfork.*-[0-9.]* % .*With it: kernel: 6\.12\.9 -> 6\.12\.10\.$"
says "^a<b>&\"'c: since 2026-02-20.*, [45] series faster, most .* fork.*: 20.* → 1[78].* µs, -[0-9.]* % \[-.*\]\."
says '^lab8: newest run 3 days ago, 2026-03-07 02:00 UTC\.  Its night: too noisy, not quiet <b>\.$'
says '^lab9: no run of it is in the history\. Its newest night, 2026-03-10T02:00:00Z: broken, disk full\.$'
says '^Reported, with trouble$'
says "^a<b>&\"'c: done, in noise\."
says '^new1: 3 of the 6 runs that judging takes: 3 more\.'
says "^a<b>&\"'c: 1 line of its newest run: cow fork, 4 MiB anon"
silent 'Open from before'
silent '^Accepted'
says 'Machines side by side'
[ "$(grep -c '<svg class="spark"' "$html")" -gt 20 ] || fail 'hardly a sparkline'
# A gap of three nights, and the bad night does not join two lines.
sed -n '/id="machine-2"/,/<script/p' "$html" | grep '<svg class="spark"' | sed -n 2p >one
[ "$(grep -o '[M]' one | wc -l)" -eq 3 ] || fail "not one gap and one shift: $(cat one)"
grep -q '<path class="slower"' one || grep -q '<path class="faster"' one ||
	fail "no shift is marked: $(cat one)"
if command -v gnuplot >/dev/null; then
	[ "$(grep -c 'class="figure" id="change-' "$html")" -eq 2 ] ||
		fail 'the changes are not drawn'
	[ "$(grep -c 'class="figure" id="chief-' "$html")" -eq 5 ] ||
		fail 'the machines are not drawn side by side'
	says '^The newest runs of the machines differ by [0-9.]* % at most\.$'
	says "^[[:space:]]*a<b>&.*'c, 6\.12\.9$"
else
	says 'No figures: gnuplot is not installed'
fi

# Names are names; what leads somewhere is there.
grep -v '<script' "$html" | grep -q "a<b>\|quiet <b>" && fail 'a name became HTML'
grep -o 'href="[^"#]*"' "$html" | cut -d '"' -f 2 | sort -u |
	sed 's/%\(..\)/\\0\1/g' >links
grep -q 'lab7/68/report/index.html' links || fail 'no link to the report'
[ "$(wc -l <links)" -gt 20 ] || fail "hardly a link: $(cat links)"
grep -o 'href="[^"#]*"' "$html" | cut -d '"' -f 2 | sort -u | awk '
	BEGIN { for (i = 1; i < 256; i++) byte[sprintf("%02X", i)] = sprintf("%c", i) }
	{ n = split($0, part, "%"); out = part[1]
	  for (i = 2; i <= n; i++)
		out = out byte[substr(part[i], 1, 2)] substr(part[i], 3)
	  print out }' >paths
while IFS= read -r path; do
	[ -e "$FORKMETER_RESULTS/$path" ] || fail "leads nowhere: $path"
done <paths
sed -n 's/.*href="#\([^"?]*\)".*/\1/p' "$html" | sort -u | while read -r id; do
	grep -q "id=\"$id\"" "$html" || echo "$id"
done >nowhere
[ ! -s nowhere ] || fail "no part of the page: $(cat nowhere)"

# The same again is the same; elsewhere, links lead back.
cp "$html" before.html
cp "$prom" before.prom
expect 0 '' "$page" --now $morning
cmp "$html" before.html || fail 'not the same again'
cmp "$prom" before.prom || fail 'not the same again'
mkdir elsewhere
expect 0 '' "$page" --now $morning --out elsewhere/lab.html
grep -q "href=\"$FORKMETER_RESULTS/lab7/68\"" elsewhere/lab.html ||
	grep -q 'href="/[^"]*%20results/lab7/68"' elsewhere/lab.html ||
	fail 'no link from elsewhere'
[ -z "$(find . -name '*.part')" ] || fail "left behind: $(find . -name '*.part')"
[ ! -e "$FORKMETER_RESULTS/changes.tsv" ] || fail 'the page remembers what it tells'

# ------------------------------------------------------------- for Prometheus
grep -q '^forkmeter_history_run_start_time_seconds{host="lab7",host_id="id of lab7"} 1773108000$' \
	"$prom" || fail "no newest run: $(head "$prom")"
grep -q '^forkmeter_history_open_changes{host="lab7",.*} 1$' "$prom" || fail 'no open change'
grep -q '^forkmeter_history_open_changes{host="lab8",.*} 0$' "$prom" || fail 'an open change'
grep -q '^forkmeter_history_night_status{host="lab9"} 4$' "$prom" || fail 'no status'
grep -q '^forkmeter_history_runs{host="a<b>&\\"'"'"'c",host_id="id of odd"} 49$' "$prom" ||
	fail "the odd name: $(grep history_runs "$prom")"
[ "$(grep -c '^forkmeter_history_median_seconds{host="lab7",' "$prom")" -eq 5 ] ||
	fail "other chief points: $(grep median_seconds "$prom")"
[ "$(tail -n 1 "$prom")" = '# EOF' ] || fail 'no EOF'
if command -v promtool >/dev/null; then
	promtool check metrics <"$prom" >said 2>&1 || fail "promtool: $(cat said)"
	[ ! -s said ] || fail "promtool: $(cat said)"
else
	echo 'skip promtool: not installed (Debian: prometheus)'
fi
if /usr/bin/python3 -W ignore -c 'import prometheus_client' 2>/dev/null; then
	/usr/bin/python3 -W ignore - "$prom" <<'EOT' || fail 'not OpenMetrics, or not the older text'
import sys
from prometheus_client import parser as classic
from prometheus_client.openmetrics import parser as strict
text = open(sys.argv[1], encoding="utf-8").read()
one = {f.name: f for f in strict.text_string_to_metric_families(text)}
two = {f.name: f for f in classic.text_string_to_metric_families(text)}
assert set(one) == set(two) and len(one) == 10, sorted(one)
hosts = {s.labels["host"] for s in one["forkmeter_history_runs"].samples}
assert hosts == {"lab7", "lab8", "new1", "a<b>&\"'c"}, hosts
for s in one["forkmeter_history_median_seconds"].samples:
    assert 1.8e-5 < s.value < 2.4e-5, s
EOT
else
	echo 'skip the parser: no prometheus_client (Debian: python3-prometheus-client)'
fi

# ------------------------------------------------------------- who is an outlier
# A driver that knows one, or cannot say.
cat >driver <<EOT
#!/bin/sh
if [ "\$1" != outliers ]; then
	exec "$FORKMETER" "\$@"
elif [ -e "$work/cannot" ]; then
	echo 'forkmeter: no <machines> of equal hardware' >&2
	exit 3
fi
echo 'forkmeter: all were booted once' >&2
tr '|' '\t' <<'TSV'
peers|over|host|host_id|workload|strategy|backing|rss_bytes|child|metric|points|ratio|ratio_lo|ratio_hi|machines|verdict|later
1|machine|lab7|id of lab7|||||||9|1.2|1.15|1.25|4|slower|
1|machine|lab8|id of lab8|||||||9|1|0.97|1.03|4|same|
1|point|lab7|id of lab7|spawn|fork|anon|4194304|exit|spawn_ns|1|1.3|1.25|1.35|4|slower|
TSV
exit 1
EOT
chmod +x driver
expect 0 '' env FORKMETER="$work/driver" "$page" --now $morning
says '^Of 2 machines in 1 group of equal hardware and state, 1 is slower than the others and 0 faster; of their single points 1 and 0\.$'
says '^all 9 points together$'
says '^spawn fork exit, 4 MiB anon$'
says '^25\.0 … 35\.0$'
says '^all were booted once$'
! command -v gnuplot >/dev/null || says '^[[:space:]]*+30 %$'
: >cannot
expect 0 '' env FORKMETER="$work/driver" "$page" --now $morning
says '^Left out: no <machines> of equal hardware$'

# ------------------------------------------------------------- mornings after
"$FORKMETER" trend >/dev/null 2>&1
number=$(awk -F'\t' 'NR > 1 && $4 == "lab7" { print $1; exit }' \
	"$FORKMETER_RESULTS/changes.tsv")
expect 0 '' "$page" --now $morning
says '^New: 1 change for the worse' # told now, which is after that morning
says '^new, told 20[0-9-]*$' # the table has the same word
silent '^known'
sed 's/2[0-9][0-9][0-9]-[0-9-]*T[0-9:]*Z/&/' "$FORKMETER_RESULTS/changes.tsv" |
	awk -F'\t' -v OFS='\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
		NR > 1 { $at["told"] = "2026-03-08T03:00:00Z" } { print }' >changes
cp changes "$FORKMETER_RESULTS/changes.tsv"
expect 0 '' "$page" --now $morning
says "^Nothing changed: of $judged judged series none has a new shift\.$"
says '^known, told 2026-03-08$'
says '^Open from before: 1 change for the worse on 1 machine, not accepted\.$'
says "^lab7: since 2026-03-03.*, $slower series slower"
silent '^For the worse'
"$FORKMETER" trend accept "$number" 'a mitigation, <known> . ' 2>/dev/null
expect 0 '' "$page" --now $morning
silent '^Open from before'
says '^Accepted before$'
says 'Accepted: a mitigation, <known>\. With it: kernel'
grep -q '^forkmeter_history_open_changes{host="lab7",.*} 0$' "$prom" ||
	fail 'what is accepted is open'
expect 0 '' "$page" --now 2026-03-13T08:00:00Z
says '^0 of 5 machines reported'
expect 0 '' "$page" --now 2026-03-13T08:00:00Z --hours 100
says '^3 of 5 machines reported in the 100 hours before'
# A clock that was wrong.
expect 0 '' "$page" --now 2026-03-09T08:00:00Z
says '^lab7: 1 run begins later than now'

# One machine, and three nights; nothing to say of what is not judged.
mkdir few
FORKMETER_RESULTS=$work/few
nights solo 1 3 6.12.9 1 1
html=$work/few/index.html
expect 0 '' "$page" --now 2026-01-04T08:00:00Z
says '^What changed on 1 machine, 2026-01-04$'
says '^The machine reported in the 24 hours'
says '^solo: 3 of the 6 runs that judging takes: 3 more\.'
silent 'Nothing changed'
silent 'Machines side by side'
# Its name on other hardware; and all of it long ago.
hardware=other folder=other nights solo 4 4 6.12.9 1 1
expect 0 '' "$page" --now 2026-01-05T08:00:00Z
says '^solo, hardware id of ot$'
says '^earlier hardware of this name$'
says 'Its name is on other hardware now\.'
says '^The machine reported in'
silent '^Did not report'
expect 0 '' "$page" --now 2026-07-05T08:00:00Z
says '^No machine reported in the 24 hours before .*, and none in the 90 days before\.$'
says '^Silent for more than 90 days$'
says '^solo, hardware id of ot: newest run 2026-01-05\.'
# The first night of a change: marked, but told by none; then told, and not marked.
mkdir sudden
FORKMETER_RESULTS=$work/sudden
nights solo 1 9 6.12.9 1 1
html=$work/sudden/index.html
expect 0 '' "$page" --now 2026-01-11T08:00:00Z
silent 'outside everything'
silent 'above all'
nights solo 10 10 6.12.9 1.2 0.85
expect 0 '' "$page" --now 2026-01-11T08:00:00Z
says '^Nothing changed: '
says '^9 series are outside everything that their level had, by more than 1 %, on 1 machine\.'
says '^solo: 5 above, 4 below; most .* fork exit.*: +[12][0-9]\.[0-9] % against the highest of 9 nights\.'
[ "$(text | grep -c '^above all 9$') $(text | grep -c '^below all 9$')" = '5 4' ] ||
	fail "not marked: $(text | grep ' all [0-9]')"
grep -q 'open_changes{.*} 0$' sudden/forkmeter.prom || fail 'what is outside is an alarm'
expect 0 '' "$page" --now 2026-01-15T08:00:00Z
silent 'outside everything' # the news of another night
nights solo 11 19 6.12.9 1.2 0.85
expect 0 '' "$page" --now 2026-01-20T08:00:00Z
says '^New: 1 change for the worse'
silent 'outside everything'
FORKMETER_RESULTS="$work/the results"
html=$FORKMETER_RESULTS/index.html

# ------------------------------------------------------------- what is damaged
mv "$FORKMETER_RESULTS/changes.tsv" kept
mkdir "$FORKMETER_RESULTS/changes.tsv"
expect 4 'what moved is not known' "$page" --now $morning
says '^Take care$'
says '^what moved is not known: .*changes.tsv'
silent 'Nothing changed'
rmdir "$FORKMETER_RESULTS/changes.tsv"
mv kept "$FORKMETER_RESULTS/changes.tsv"
echo nonsense >"$FORKMETER_RESULTS/nights.tsv"
expect 4 'what became of the nights is not known' "$page" --now $morning
says '^what became of the nights is not known'
ln -s 'the results' 'a <b> & c'
FORKMETER_RESULTS="$work/a <b> & c" expect 4 '' "$page" --now $morning
says '^what became of the nights is not known: .*/a <b> & c/nights.tsv'
rm "$FORKMETER_RESULTS/nights.tsv"
expect 0 '' "$page" --now $morning
says 'no nights.tsv'
cp "$html" before.html
cp "$FORKMETER_RESULTS/history.sqlite" kept
echo nonsense >"$FORKMETER_RESULTS/history.sqlite"
expect 4 'history.sqlite' "$page" --now $morning
cmp "$html" before.html || fail 'a page is lost where none can be made'
cp kept "$FORKMETER_RESULTS/history.sqlite"
(
	trap '' XFSZ
	ulimit -f 40 && exec "$page" --now $morning
) >"$work/out" 2>"$work/err"
[ $? -eq 4 ] || fail "no room: $(cat "$work/err")"
cmp "$html" before.html || fail 'a page is lost where there is no room'
[ -z "$(find . -name '*.part')" ] || fail "left behind: $(find . -name '*.part')"
if [ "$(id -u)" -ne 0 ]; then
	mkdir locked
	chmod 555 locked
	expect 4 'cannot be written' "$page" --now $morning --out locked/index.html
	chmod 755 locked
else
	echo 'skip a folder that cannot be written to: root can'
fi

# Without gnuplot there is a page without figures.
mkdir bin
for tool in awk basename cat chmod cp cut date dirname env find grep head iconv mktemp mv rm sed \
	sh sort tail tr wc; do
	ln -s "$(command -v $tool)" bin/$tool
done
expect 4 'sqlite3: not found' env PATH="$work/bin" "$page" --now $morning
ln -s "$(command -v sqlite3)" bin/sqlite3
expect 0 '' env PATH="$work/bin" "$page" --now $morning
says 'No figures: gnuplot is not installed'
end
