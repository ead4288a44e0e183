#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The textbook's example with real pages: what a step must show, with numbers
# of frames (root) and with letters (ordinary users), and nobody left behind.
. "${top_srcdir:-.}/tests/lib.sh"
fm=$FORKMETER draw=$top_srcdir/scripts/trace

# get STEP PROCESS PAGE COLUMN: that cell of $table.
get() {
	awk -F'\t' -v step="$1" -v process="$2" -v page="$3" -v want="$4" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$at["step"] == step && $at["process"] == process &&
			$at["page"] == page { print $at[want] }' "$table"
}

# is STEP PROCESS PAGE COLUMN VALUE
is() {
	have=$(get "$1" "$2" "$3" "$4")
	[ "$have" = "$5" ] || fail "$table: step $1, page $3 of $2: $4 is \
'$have', not '$5'"
}

# same/other STEP PROCESS PAGE, STEP PROCESS PAGE: their frames
frames() {
	left=$(get "$1" "$2" "$3" frame) right=$(get "$4" "$5" "$6" frame)
	[ -n "$left" ] || fail "$table: no frame: $1 $2 $3"
	[ -n "$right" ] || fail "$table: no frame: $4 $5 $6"
}
same() {
	frames "$@"
	[ "$left" = "$right" ] || fail "$table: $left and $right differ: $*"
}
other() {
	frames "$@"
	[ "$left" != "$right" ] || fail "$table: $left twice: $*"
}

# faulted STEP PROCESS PAGE: once; DAMON may make it more, and then it shows.
faulted() {
	n=$(get "$1" "$2" "$3" faults)
	[ "${n:-0}" -ge 1 ] || fail "$table: '$n' faults: $*"
	[ "$n" -eq 1 ] || is "$1" "$2" "$3" agrees no
	[ "$(get "$1" "$2" "$3" ns)" -gt 0 ] || fail "$table: no time: $*"
}

check() { # TABLE
	table=$1
	[ "$(wc -l <"$table")" -eq 66 ] || fail "$table: rows are missing"
	column "$table" agrees | grep -qvxE 'yes|no|unclear' &&
		fail "$table: agrees is not filled"
	awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$at["agrees"] == "yes" && ($at["did"] != $at["model"] ||
			$at["faults"] != $at["model_faults"]) { exit 1 }' "$table" ||
		fail "$table: the model agrees with what it does not say"
	is 1 A W did 'zero page'
	is 1 A X did zero-fill
	is 1 A Y did zero-fill
	is 1 A Z did copy
	for page in W X Y Z; do
		faulted 1 A $page
	done
	for page in X Y Z; do
		same 1 A $page 2 A $page
		same 2 A $page 2 B $page
		is 1 A $page sharers 1
		is 2 A $page sharers 2
		is 2 B $page sharers 2
		is 2 B $page did share
	done
	same 2 A V 5 B V
	is 3 A Z did copy
	faulted 3 A Z
	other 3 A Z 2 A Z
	same 3 B Z 2 A Z
	is 3 B Z sharers 1
	is 3 B Z did nothing
	is 4 B Y did copy
	faulted 4 B Y
	other 4 B Y 4 A Y
	same 4 A Y 2 A Y
	is 5 B X did copy
	faulted 5 B X
	other 5 B X 5 A X
	for page in X Y Z; do
		is 6 B $page present no
		is 6 B $page did free
		is 6 A $page sharers 1
	done
	# The last owner may find that somebody else still holds the frame.
	faulted 7 A Y
	case $(get 7 A Y did) in
	reuse) same 7 A Y 6 A Y ;;
	copy) other 7 A Y 6 A Y && is 7 A Y agrees no ;;
	*) is 7 A Y did reuse ;;
	esac
	is 8 A W did zero-fill
	faulted 8 A W
	other 8 A W 7 A W
	is 8 A W sharers 1
}

expect 0 '' "$fm" trace --format tsv
[ ! -s "$work/err" ] || fail "trace complains: $(cat "$work/err")"
cp "$work/out" "$work/ours.tsv"
check "$work/ours.tsv"
if [ "$(id -u)" -ne 0 ]; then
	:
elif runuser -u nobody -- "$fm" trace --format tsv >"$work/nobody.tsv" \
	2>"$work/err"; then
	check "$work/nobody.tsv"
	column "$work/nobody.tsv" frame | grep -qvxE '[a-z]?' &&
		fail 'nobody is shown more than letters'
	[ "$(column "$work/ours.tsv" did)" = "$(column "$work/nobody.tsv" did)" ] ||
		fail 'root and nobody are told different stories'
else
	echo "skip an ordinary user: $(cat "$work/err")"
fi

for format in csv json markdown latex; do
	expect 0 '' "$fm" trace --format $format
	grep -q zero-fill "$work/out" || fail "trace --format $format"
done
if command -v jq >/dev/null; then
	expect 0 '' "$fm" trace --format json
	jq -e 'length == 65 and all(.[]; .agrees)' "$work/out" >/dev/null ||
		fail 'bad JSON'
fi
expect 0 '' "$fm" trace
grep -q '^3\. A writes page Z$' "$work/out" || fail 'text: no step 3'
grep -q 'page Y of A: .*; the model: reuse, 1 fault$' "$work/out" ||
	fail 'text: what does the model say?'
awk 'length > 80 { exit 1 }' "$work/out" || fail 'text: more than 80 columns'
expect 2 'takes no arguments' "$fm" trace now
expect 2 'processor 4096' "$fm" trace --cpu 4096
expect 2 'there is text,tsv' "$fm" trace --format yaml
"$fm" trace >/dev/full 2>"$work/err"
[ $? -eq 4 ] || fail 'a full disk is not noticed'

# Whenever the driver is stopped or killed, A and B go with it.
for signal in INT KILL; do
	for after in 0.001 0.002 0.003 0.004 0.005 0.006; do
		timeout -s $signal $after "$fm" trace >/dev/null 2>&1
	done
done
# A worker that hangs does not keep the driver.
mkdir "$work/hung"
printf '#!/bin/sh\nexec sleep 77.7\n' >"$work/hung/forkmeter-worker"
chmod +x "$work/hung/forkmeter-worker"
FORKMETER_LIBEXEC=$work/hung timeout -s INT -k 5 0.3 "$fm" trace >/dev/null 2>&1
[ $? -eq 124 ] || fail 'the driver waits for a worker that hangs'
pgrep -f 'sleep 77\.7' >/dev/null && fail 'a hung worker is left'
none_left trace || fail 'A or B is left'

# --------------------------------------------------------------- the figure
expect 2 'svg or .pdf' "$draw" -o trace.png
expect 2 'needs a file' "$draw" -o
expect 2 'no such option' "$draw" --colour
expect 2 'no argument' "$draw" here
expect 0 '' "$draw" --help
command -v gnuplot >/dev/null || {
	echo 'skip the figure: gnuplot is not installed'
	end
}
cd "$work" || exit 99
expect 0 '' "$draw"
[ ! -s err ] || fail "the figure complains: $(cat err)"
[ "$(cat out)" = trace.svg ] || fail 'stdout is not the name of the figure'
for text in '3. A writes page Z' 'copy, 1 fault' ' reuse' "$(uname -r)" \
	'role="img"' '</svg>'; do
	grep -q -- "$text" trace.svg || fail "trace.svg lacks $text"
done
if command -v xmllint >/dev/null; then
	xmllint --noout trace.svg || fail 'trace.svg is no XML'
fi
expect 4 'cannot be written' "$draw" -o "$work/nowhere/trace.svg"
expect 4 'forkmeter trace failed' env FORKMETER=false "$draw"
[ ! -e trace.svg.part ] || fail 'a part is left'

# PDF by gnuplot, or by rsvg-convert, or an answer.
mkdir bin
for tool in sh awk sed cat rm mv cp mktemp tr dirname basename grep uname env; do
	ln -s "$(command -v $tool)" bin/
done
cat >bin/gnuplot <<EOT
#!/bin/sh
case \$2 in *pdfcairo*) exit 1 ;; esac
exec $(command -v gnuplot) "\$@"
EOT
chmod +x bin/gnuplot
expect 4 'librsvg2-bin' env PATH="$work/bin" "$draw" -o trace.pdf
[ ! -e trace.pdf ] || fail 'half a PDF is left'
if command -v rsvg-convert >/dev/null; then
	ln -s "$(command -v rsvg-convert)" bin/
	expect 0 '' env PATH="$work/bin" "$draw" -o trace.pdf
	grep -aq '^%PDF' trace.pdf || fail 'rsvg-convert: no PDF'
fi
if gnuplot -e 'set terminal pdfcairo' >/dev/null 2>&1; then
	expect 0 '' "$draw" -o trace.pdf
	grep -aq '^%PDF' trace.pdf || fail 'pdfcairo: no PDF'
fi
end
