#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Each export is what its consumer reads: the consumer itself where it is
# installed, else the published grammar; and the numbers are the run's.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER

# The distribution's own python has the distribution's packages.
has() { # MODULE
	python=/usr/bin/python3
	[ -x $python ] || python=$(command -v python3) || return
	$python -W ignore -c "import $1" 2>/dev/null
}

export_as() { # FORMAT RUN ARGUMENTS...: into $work/FORMAT
	as=$1
	shift
	"$fm" export "$@" --format "$as" >"$work/$as" 2>"$work/err" ||
		fail "export --format $as: $(cat "$work/err")"
}

run=$work/$(uname -n)/run
mkdir "${run%/*}"
"$fm" run spawn cow --rss 2M --strategy fork,vfork --child exec --rounds 3 \
	--samples 120 --out "$run" >/dev/null 2>"$work/err" ||
	fail "no run: $(cat "$work/err")"

# A run whose every name is hostile, with a broken point, a point that was
# skipped, and a metric that is no time. It is newer than what it is made of.
odd=$work/odd
cp -rp "$run" "$odd"
sed -i 's/"host": .*/"host": "a\\"b\\\\c {d} <e>\&f_g%h#i \\u00e9 \\ud800",/
	s/"cpu_model": .*/"cpu_model": "two\\nlines: \\t and more",/' \
	"$odd/machine.json"
printf '\377' >"$work/byte"
hostile='f o"r\k=/%,{é}'$(cat "$work/byte")
for table in plan summary quantiles; do
	HOSTILE=$hostile awk -F'\t' -v OFS='\t' -v table=$table '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print; next }
		("strategy" in at) && $at["strategy"] == "vfork" {
			$at["strategy"] = ENVIRON["HOSTILE"] }
		{ print }
		table == "plan" && NR == 2 {
			$at["point"] = 99
			$at["status"] = "skip"
			$at["reason"] = "a \"reason\" \\ <b>"; print }
		table == "summary" && NR == 2 {
			$at["metric"] = "instr:k"; $at["unit"] = "per fault"
			$at["median"] = 512.5; print
			$at["metric"] = "wait_ns"; $at["unit"] = "ns"
			$at["verdict"] = "broken"; print }
		table == "quantiles" && NR == 2 {
			$at["metric"] = "instr:k"; $at["median"] = 512.5; print
			$at["metric"] = "wait_ns"; print }' \
		"$odd/$table.tsv" >"$work/table" && cp "$work/table" "$odd/$table.tsv"
done

for as in json csv googlebench gobench openmetrics; do
	export_as "$as" "$run"
	[ ! -s "$work/err" ] || fail "$as complains: $(cat "$work/err")"
	mv "$work/$as" "$work/$as.run"
	export_as "$as" "$odd"
	mv "$work/$as" "$work/$as.odd"
	[ "$as" = json ] || grep -q 'lines are broken' "$work/err" ||
		fail "$as says nothing of the broken point"
done
export_as googlebench "$odd"
grep -q '^forkmeter: 1 lines are no times' "$work/err" ||
	fail "counts are lost silently: $(cat "$work/err")"

# ------------------------------------------------------- what the numbers are
"$fm" show "$run" --format tsv --metric spawn_ns --where strategy=fork \
	>"$work/row" || fail 'no row'
median=$(column "$work/row" median)
blocks=$(column "$work/row" blocks)
point=$(column "$work/row" point)
awk -F'\t' -v point="$point" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i
		next }
	$at["point"] == point { print $at["median"] }' "$run/quantiles.tsv" |
	sort -n >"$work/medians"
[ "$(wc -l <"$work/medians") $blocks" = '3 3' ] ||
	fail "not 3 blocks: $(cat "$work/medians")"
name=spawn/strategy:fork/child:exec/backing:anon/rss:2M
same() { # WHAT: the file have holds the blocks' medians
	sort -n "$work/have" | awk '
		NR == FNR { want[FNR] = $1; n = FNR; next }
		{ d = $1 / want[FNR] - 1; if (d * d > 1e-16) exit 1; m = FNR }
		END { exit n != m }' "$work/medians" - ||
		fail "$1: other medians: $(tr '\n' ' ' <"$work/have")"
}
sed -n "s|.*\"name\": \"$name\".*\"real_time\": \([0-9.e+]*\),.*|\1|p" \
	"$work/googlebench.run" >"$work/have"
same googlebench
awk -v name="BenchmarkS${name#s}" 'BEGIN { gsub(/:/, "=", name) }
	$1 == name && $4 == "ns/op" { print $3 }' "$work/gobench.run" >"$work/have"
same gobench
tr -d '\r' <"$work/csv.run" | awk -F, -v point="$point" '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	$at["point"] == point && $at["metric"] == "spawn_ns" &&
		$at["strategy"] == "fork" { print $at["median"] }' >"$work/have"
same csv
awk -v median="$median" '/^forkmeter_median_seconds\{workload="spawn",strategy="fork",.*metric="spawn"\} / {
		found = 1; d = $NF * 1e9 / median - 1 }
	END { exit !(found && d * d < 1e-16) }' "$work/openmetrics.run" ||
	fail 'openmetrics: another median'

# ------------------------------------------------------------- what reads them
for kind in run odd; do
	# name iterations, then pairs of a value and a unit; key: value.
	LC_ALL=C awk '
		/^$/ { next }
		/^[^ \tA-Z]+: / || /^[^ \tA-Z]+:$/ { keys++; next }
		/^Benchmark[A-Z][^ \t]* [1-9][0-9]*( [0-9.e+-]+ [^ \t]+)+$/ &&
			NF % 2 == 0 && NF >= 4 { lines++; next }
		{ print "gobench: not in the grammar: " $0; bad = 1 }
		END { exit bad || keys < 5 || lines < 3 }' "$work/gobench.$kind" ||
		fail "gobench of $kind"
	if command -v promtool >/dev/null; then
		promtool check metrics <"$work/openmetrics.$kind" >"$work/said" 2>&1 ||
			fail "promtool of $kind: $(cat "$work/said")"
	fi
	[ "$(tail -n 1 "$work/openmetrics.$kind")" = '# EOF' ] ||
		fail 'openmetrics: no EOF'
	if command -v benchstat >/dev/null; then
		benchstat "$work/gobench.$kind" >"$work/said" 2>&1 ||
			fail "benchstat of $kind: $(cat "$work/said")"
		grep -q 'strategy=fork' "$work/said" || fail 'benchstat found nothing'
	fi
done
grep -q '^BenchmarkSpawn/strategy=f%20o%22r%5Ck%3D%2F%25,%7B%C3%A9%7D%FF/' \
	"$work/gobench.odd" || fail 'gobench: the hostile name'
grep -q ' 512.5 instr:k/op' "$work/gobench.odd" || fail 'gobench: no count'
command -v promtool >/dev/null ||
	echo 'skip promtool: not installed (Debian: prometheus)'
command -v benchstat >/dev/null ||
	echo 'skip benchstat: not installed (golang.org/x/perf); the grammar alone'

if has prometheus_client; then
	$python -W ignore - "$work" "$median" <<'EOT' || fail 'openmetrics: not as it must be'
import sys
from prometheus_client import parser as classic
from prometheus_client.openmetrics import parser as strict
work, median = sys.argv[1], float(sys.argv[2])
for kind in "run", "odd":
    text = open(f"{work}/openmetrics.{kind}").read()
    families = {f.name: f for f in strict.text_string_to_metric_families(text)}
    again = {f.name: f for f in classic.text_string_to_metric_families(text)}
    assert set(families) == set(again), set(families) ^ set(again)
    for f in list(families.values()) + list(again.values()):
        assert f.documentation and f.type in ("gauge", "summary"), f
        assert all(s.timestamp is None for s in f.samples), f
    samples = families["forkmeter_median_seconds"].samples
    fork = [s for s in samples if s.labels.get("strategy") == "fork"
            and s.labels["workload"] == "spawn"]
    assert len(fork) == 1 and abs(fork[0].value * 1e9 / median - 1) < 1e-8
    info = families["forkmeter_run_info"].samples[0].labels
    broken = [s for s in families["forkmeter_broken"].samples if s.value]
    if kind == "run":
        assert not broken and info["run"] == info["host"] + "/run", info
        continue
    assert info["cpu_model"] == "two\nlines: \t and more", info
    assert info["host"].startswith('a"b\\c {d} <e>&f_g%h#i \u00e9'), info
    assert len(broken) == 1
    assert any(s.labels.get("strategy") == 'f o"r\\k=/%,{\u00e9}\ufffd' for s in samples)
    counts = families["forkmeter_event_median"].samples
    assert [(s.value, s.labels["unit"]) for s in counts] == [(512.5, "per fault")]
EOT
else
	echo 'skip the parser: no prometheus_client (Debian: python3-prometheus-client)'
fi

if has json; then
	$python - "$work" <<'EOT' || fail 'csv or googlebench: not as it must be'
import csv, json, sys
work = sys.argv[1]
for kind in "run", "odd":
    data = json.load(open(f"{work}/googlebench.{kind}"))
    names = {}
    for b in data["benchmarks"]:
        assert b["run_type"] == "iteration" and b["time_unit"] == "ns"
        assert b["iterations"] > 0 and b["real_time"] == b["cpu_time"] > 0
        names.setdefault(b["name"], []).append(b["repetition_index"])
        assert b["repetitions"] == 3, b
    assert len(names) == 4 and all(v == [0, 1, 2] for v in names.values()), names
    rows = list(csv.DictReader(open(f"{work}/csv.{kind}", newline="",
                                    encoding="utf-8", errors="replace")))
    assert len(rows) == (12 if kind == "run" else 13), len(rows)
    assert all(None not in r and None not in r.values() for r in rows)
assert any(r["strategy"] == 'f o"r\\k=/%,{\u00e9}\ufffd' for r in rows)
EOT
else
	echo 'skip reading CSV and JSON: no python3'
fi

compare=/usr/share/benchmark/compare.py
if [ -e $compare ] && has scipy; then
	for kind in run odd; do
		cp "$work/googlebench.$kind" "$work/$kind.json"
		$python -W ignore $compare --no-color benchmarks "$work/run.json" \
			"$work/$kind.json" >"$work/said" 2>&1 ||
			fail "compare.py of $kind: $(cat "$work/said")"
		[ "$(grep -c "^$name .*+0.0000 " "$work/said")" -eq 3 ] ||
			fail "compare.py of $kind found nothing: $(cat "$work/said")"
	done
else
	echo 'skip compare.py: not installed (Debian: libbenchmark-tools, python3-scipy)'
fi

if has jsonschema; then
	$python -W ignore - "$work" "$top_srcdir/doc/export.schema.json" <<'EOT' || fail 'json: not as its schema'
import copy, json, sys
import jsonschema
work = sys.argv[1]
schema = json.load(open(sys.argv[2]))
jsonschema.Draft202012Validator.check_schema(schema)
valid = jsonschema.Draft202012Validator(schema)
for kind in "run", "odd":
    data = json.load(open(f"{work}/json.{kind}"))
    for e in valid.iter_errors(data):
        sys.exit(f"{kind}: {list(e.path)}: {e.message}")
reasons = [p["reason"] for p in data["points"] if p["point"] == 99]
assert reasons == ['a "reason" \\ <b>'], reasons
results = [r for p in data["points"] for r in p["results"]]
assert sum(r["verdict"] == "broken" for r in results) == 1
assert sum(len(r["of_blocks"]) for r in results) == 14
assert any(p["strategy"] == 'f o"r\\k=/%,{\u00e9}\ufffd' for p in data["points"])
# It would notice: a text for a number, a member less, a member more.
def spoilt(how):
    bad = copy.deepcopy(data)
    how(next(r for p in bad["points"] for r in p["results"]))
    return not valid.is_valid(bad)
assert spoilt(lambda r: r.update(median="much"))
assert spoilt(lambda r: r.pop("metric"))
assert spoilt(lambda r: r["of_blocks"][0].update(colour="red"))
EOT
else
	echo 'skip the schema: no jsonschema (Debian: python3-jsonschema)'
fi

# ---------------------------------------------------------------- how it is asked
export_as csv "$run" --metric op_ns --where workload=cow
tr -d '\r' <"$work/csv" | awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	$at["workload"] != "cow" { exit 1 } END { exit NR != 4 }' ||
	fail '--metric does not pick'
export_as json "$run" --where strategy=vfork
grep -q '"strategy": "fork"' "$work/json" && fail '--where does not pick'
expect 2 'did you mean gobench' "$fm" export "$run" --format gobenhc
expect 2 'there is json,csv' "$fm" export "$run" --format xml
expect 2 'no run is there' "$fm" export "$work/nothing"
expect 2 'is no column' "$fm" export "$run" --where colour=red
expect 2 'no such strategy' "$fm" export "$run" --where strategy=spork
[ ! -s "$work/out" ] || fail 'output of a refusal'
rm "$odd/machine.json"
expect 4 'machine.json' "$fm" export "$odd"
if [ -c /dev/full ]; then
	"$fm" export "$run" >/dev/full 2>"$work/err"
	[ $? -eq 4 ] || fail 'a full disk is not noticed'
fi
end
