#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual, results/README and the completions say what the program's own
# tables say; every command has its page, and every option its entry there.
. "${top_srcdir:-.}/tests/lib.sh"
mkdocs=$top_srcdir/scripts/mkdocs

"$FORKMETER" --help | awk '/^Commands:/ { on = 1; next } /^[^ ]|^$/ { on = 0 }
	on { print $1 }' | sort >"$work/commands"
"$FORKMETER" list options --format tsv | sed 1d >"$work/options"
cut -f1 "$work/options" | sort -u | cmp -s - "$work/commands" ||
	fail 'list options and --help have other commands'
[ -s "$work/commands" ] || fail 'no commands'

for source in "$top_srcdir"/doc/*.1.in "$top_srcdir"/results/README.in \
	"$top_srcdir"/doc/*.json.in "$top_srcdir"/completion/*.in; do
	page=${source%.in}
	name=${page##*/}
	command=${name#forkmeter-}
	if [ "$command" != "$name" ] &&
		! grep -qx "${command%.1}" "$work/commands" &&
		[ ! -x "$top_srcdir/scripts/${command%.1}" ]; then
		[ ! -e "$page" ] || fail "$name: there is no such command"
		continue
	fi
	"$mkdocs" "$FORKMETER" "$source" >"$work/page" ||
		fail "$name cannot be made"
	cmp -s "$work/page" "$page" || fail "$name is out of date: make docs"
done
while read -r command; do
	[ -s "$top_srcdir/doc/forkmeter-$command.1" ] ||
		fail "doc/forkmeter-$command.1: no page of that command"
	grep -q "^\.BR forkmeter.-$command (1)" "$top_srcdir/doc/forkmeter.1" ||
		fail "forkmeter.1 does not name $command"
done <"$work/commands"
sed -n 's/^bin_SCRIPTS.*= *//p' "$top_srcdir/Makefile.am" | tr ' ' '\n' >"$work/bin"
[ -s "$work/bin" ] || fail 'no scripts'
while read -r name; do
	page=$top_srcdir/doc/$name.1
	[ -s "$page" ] || fail "$page: no page of what is in bin"
	called="\\(fB\\|^\.B \\)$(echo "$name" | sed 's/-/.-/g')"
	grep -q "$called" "$page" || fail "$name.1 does not say how it is called"
	grep -q "^\.BR $(echo "$name" | sed 's/-/.-/g') (1)" \
		"$top_srcdir/doc/forkmeter.1" || fail "forkmeter.1 does not name $name"
done <"$work/bin"
tab=$(printf '\t')
while IFS=$tab read -r command option _; do
	page=$top_srcdir/doc/forkmeter-$command.1
	[ -s "$page" ] || continue
	tag=".B $(printf '%s\n' "$option" | sed 's/-/\\-/g')" awk '
		$0 == ENVIRON["tag"] { found = 1 }
		index($0, ENVIRON["tag"] " ") == 1 { found = 1 }
		END { exit !found }' "$page" ||
		fail "forkmeter-$command.1: no $option"
done <"$work/options"
grep -q 'minflt_expected' "$top_srcdir/results/README" || fail 'no columns in it'

# Words that roff would take as its own.
cat >"$work/odd" <<'EOT'
#!/bin/sh
case $2.$1 in
options.list) printf '%s\t%s\t%s\t%s\n' command option argument meaning \
	odd --a-b 'K=V|W' '.so \fBis\e "q" --x-y (-z) ~/a `b` ^c' \
	odd --c '' "'tis" ;;
columns.list) printf 'table\tcolumn\ttype\tunit\tmeaning\n' ;;
*) cat <<'EOH'
Usage: forkmeter odd [a|b-c]

.so is "it" \fBhere.

'so it begins
  .table\t "x" ~

Examples:
  .start 'a b' "$c" | d \
    --e ^f~g `h`

Options:
  --a-b  x
EOH
	;;
esac
EOT
chmod +x "$work/odd"
printf '.TH ODD 1\n.SH NAME\n%s\n.SH A\n%s\n.SH B\n%s\n.SH C\n%s\n' \
	@NAME@ @ABOUT@ @OPTIONS@ @EXAMPLES@ >"$work/forkmeter-odd.1.in"
"$mkdocs" "$work/odd" "$work/forkmeter-odd.1.in" >"$work/odd.1" ||
	fail 'the odd page cannot be made'
cat >"$work/want" <<'EOT'
       forkmeter-odd - .so is "it" \fBhere
       .so is "it" \fBhere.
       'so it begins
         .table\t "x" ~
       --a-b K=V|W
              .so \fBis\e "q" --x-y (-z) ~/a `b` ^c.
       --c    'tis.
       .start 'a b' "$c" | d \
         --e ^f~g `h`
EOT

if command -v groff >/dev/null; then
	for page in "$top_srcdir"/doc/*.1 "$work/odd.1"; do
		warnings=$(groff -man -Tutf8 -ww "$page" 2>&1 >/dev/null)
		[ -z "$warnings" ] || fail "${page##*/}: $warnings"
	done
	groff -man -Tascii -P-cbou "$work/odd.1" | grep '^  .*[a-z]' |
		grep -v '^ *General' >"$work/have"
	diff "$work/want" "$work/have" || fail 'odd characters are lost'
else
	echo 'skip the typesetting: groff is not installed'
fi
grep "^[.'][^\\A-Z]" "$work/odd.1" | grep -Ev '^\.(nf|fi)$' &&
	fail 'a line of text begins like a request'
end
