#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A course report of a run: every number in it is the run's, what the run lacks is
# said, names that LaTeX would trip over do not trip it, and what its author wrote
# is kept.
. "${top_srcdir:-.}/tests/lib.sh"
for tool in gnuplot sqlite3; do
	command -v $tool >/dev/null || skip "$tool is not installed"
done
fm=$FORKMETER course=$top_srcdir/scripts/course-report

run="$work/a run"
"$fm" run spawn start wait cow --rss 0,2M,4M --strategy fork,vfork --child exit \
	--rounds 3 --samples 20 --out "$run" >/dev/null 2>"$work/err" ||
	fail "no run: $(cat "$work/err")"
sed -i 's/"cpu_model": .*/"cpu_model": "A\&B <C> \\"D\\" 5% #1 _x_ \\\\input{q} ~^$ --e 漢",/
	s/"host": .*/"host": "[h%o#s_t]",/' "$run/machine.json"

latex=no
if command -v pdflatex >/dev/null && [ "$(kpsewhich siunitx.sty booktabs.sty \
	lmodern.sty hyperref.sty | grep -c .)" -eq 4 ]; then
	latex=yes
fi
expect 0 '' "$course" "$run" -o "$work/out put"
dir="$work/out put"
if [ $latex = yes ]; then
	[ "$(cat "$work/out")" = "$dir/report.pdf" ] || fail 'stdout is not the PDF'
	head -c 5 "$dir/report.pdf" | grep -q '%PDF-' || fail 'no PDF'
	[ ! -e "$dir/report.aux" ] || fail 'what LaTeX left behind is left'
else
	echo 'skip the PDF: no LaTeX (Debian: texlive-latex-recommended,'
	echo 'texlive-science, lmodern)'
	[ "$(cat "$work/out")" = "$dir/report.md" ] || fail 'stdout is not the text'
	grep -q 'install Debian' "$work/err" || fail 'no word of what is missing'
fi
find "$dir" -name '*.part' | grep -q . && fail 'parts are left'

# What stands in the tables is what the summary says.
"$fm" show "$run" --format tsv --metric spawn_ns --where strategy=fork \
	--where backing=anon --where rss=4M >"$work/row" || fail 'no row'
want=$(column "$work/row" median)
have=$(awk -F'[|&]' '/^\| *fork/ && /4 MiB/ { print $6 * 1e3; exit }' \
	"$dir/generated/size.md")
lo=$(column "$work/row" median_lo)
awk -v want="$want" -v have="$have" -v lo="$lo" 'BEGIN {
	d = have - want; most = (want - lo) / 10
	exit !(have > 0 && most > 0 && d <= most && d >= -most) }' ||
	fail "size.md says $have ns, not $want"
text=$(awk '/^% needs/ { next } /4 MiB/ && /^fork/ { print; exit }' \
	"$dir/generated/size.tex")
case $text in
*'\numrange{'*) ;;
*) fail "size.tex has no interval: $text" ;;
esac

# In both forms: the machine with its odd names, and what there is no data for.
md=$dir/report.md
grep -Fq 'A&B \<C\> "D" 5% \#1 \_x\_ \\input{q} ~^$ --e 漢' "$md" ||
	fail "the machine is not in report.md: $(grep -n 'A&B' "$md")"
grep -Fq 'on [h%o\#s\_t]' "$md" ||
	fail "the host is not in report.md: $(sed -n 5p "$md")"
grep -q 'left out, for this run has no data' "$md" || fail 'nothing is left out'
grep -q '^| strategy ' "$md" || fail 'no table in report.md'
grep -q '^!\[.*\](generated/latency.svg)$' "$md" || fail 'no figure in report.md'
[ -s "$dir/generated/latency.svg" ] || fail 'the figure is not there'
# What the text does not know it shows as it is, so there must be none of it.
grep -n '\\\(fm\|begin\|end\|item\|texttt\|emph\|ref\|section\)' "$md" |
	grep -v '\\input' && fail 'LaTeX in report.md'
if [ $latex = yes ] && command -v pdftotext >/dev/null; then
	pdftotext "$dir/report.pdf" "$work/text"
	tr -s ' \n' '  ' <"$work/text" >"$work/flat"
	for have in 'A&B <C> "D" 5% #1 _x_ \input{q}' '[h%o#s_t]' 'U+6F22' \
		'left out, for this run has no data'; do
		grep -Fq -- "$have" "$work/flat" || fail "the PDF lacks $have"
	done
	grep -q '??' "$work/flat" && fail 'a reference leads nowhere'
fi

# What its author wrote stays; what is generated is made anew.
sed 's/Name, course, term/Ada, OS, 2026/
	s/\\section{Questions}/\\fmtable{writes}\n\n&/' "$dir/report.tex" >"$work/mine" &&
	cp "$work/mine" "$dir/report.tex"
echo stale >"$dir/generated/size.md"
expect 0 '' "$course" "$run" -o "$dir"
cmp -s "$work/mine" "$dir/report.tex" || fail 'the text was overwritten'
grep -q 'Ada, OS, 2026' "$md" || fail 'the author is not in report.md'
grep -q '^| fork' "$dir/generated/size.md" || fail 'a stale table'
# A table that is no longer asked for, of a name that there is not.
printf '%s\n' '\fmtable{colours}' >>"$dir/report.tex"
sed -i 's/^\\end{document}//; $a\\\\end{document}' "$dir/report.tex"
expect 4 'the table colours, which there is not; there is: .*latency' \
	"$course" "$run" -o "$dir"
if [ $latex = yes ]; then
	cp "$work/mine" "$dir/report.tex"
	sed -i 's/^\\maketitle/\\maketitle \\nosuchcommand/' "$dir/report.tex"
	expect 4 'LaTeX says: ! Undefined control sequence' "$course" "$run" -o "$dir"
fi

# The pages of two processes are traced on the machine of the run, and only there.
grep -q 'the kernel of the run; this is another' "$md" || fail 'traced elsewhere'
[ ! -e "$dir/generated/trace.svg" ] || fail 'a trace of another machine'
sed -i "s/\"host\": .*/\"host\": \"$(uname -n)\",/" "$run/machine.json"
expect 0 '' "$course" "$run" -o "$work/here"
grep -q '</svg>' "$work/here/generated/trace.svg" || fail 'no trace'
grep -q '^!\[Copy-on-write at work.*(generated/trace.svg)' "$work/here/report.md" ||
	fail 'no trace in report.md'

# Without LaTeX it is Markdown, and says what to install.
mkdir "$work/bin"
for tool in sh awk sed sqlite3 cat mkdir mv rm cp grep dirname basename mktemp \
	find tr cut head tail sort env ls gnuplot wc touch date stat cmp; do
	ln -s "$(command -v $tool)" "$work/bin/" 2>/dev/null
done
expect 0 'install Debian.s packages texlive-latex-recommended' \
	env PATH="$work/bin" "$course" "$run" -o "$work/plain"
[ "$(cat "$work/out")" = "$work/plain/report.md" ] || fail 'no Markdown alone'

expect 2 'no run is there' "$course" "$work/nothing"
expect 2 'no such option' "$course" --fast
expect 2 'one run at a time' "$course" "$run" "$run"
if [ "$(id -u)" -ne 0 ]; then
	mkdir "$work/closed" && chmod a-w "$work/closed"
	expect 4 'cannot be written' "$course" "$run" -o "$work/closed/x"
fi
end
