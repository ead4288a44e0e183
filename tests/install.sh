#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make install puts everything in place, where it works from; make uninstall
# leaves no file behind. In a copy of the tree, for its prefix is compiled in.
. "${top_srcdir:-.}/tests/lib.sh"

# Or the make in the copy would run what the make above us was told to.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES TESTS DESTDIR

tree=$work/tree inst=$work/inst
mkdir "$tree"
(cd "$top_srcdir" && tar -cf - --exclude=.git --exclude='results/*/*' \
	--exclude='*.o' --exclude='*.a' --exclude='.deps' --exclude='.dirstamp' \
	--exclude=autom4te.cache --exclude=./Makefile --exclude=./config.status \
	--exclude=./config.h --exclude=./stamp-h1 --exclude='./forkmeter*' \
	--exclude=./_build --exclude=./_inst .) |
	tar -xf - -C "$tree" || fail 'the tree cannot be copied'
chmod -R u+w "$tree"
# Configured as we are, but for where things go.
eval "set -- $(./config.status --config)"
for given; do
	shift
	case $given in
	--with* | --enable* | --disable* | [A-Z]*=*) set -- "$@" "$given" ;;
	esac
done
{ cd "$tree" && ./configure --quiet "$@" --prefix="$inst" &&
	make && make install; } >"$work/build.log" 2>&1 || {
	tail -n 20 "$work/build.log"
	fail 'it cannot be installed'
	end
}

PATH=$inst/bin:$PATH
cd / || exit 99
[ "$(command -v forkmeter)" = "$inst/bin/forkmeter" ] || fail 'no forkmeter'
forkmeter list --format tsv >"$work/list" 2>"$work/err" ||
	fail "the installed forkmeter: $(cat "$work/err")"
column "$work/list" available | grep -qx yes ||
	fail 'the installed worker does not answer'

# As one side of two, by its own name; its worker is below the same prefix.
"$FORKMETER" compare --interleave '' "$inst/bin/forkmeter" wait \
	--strategy vfork --child exit --samples 5 --rounds 1 \
	--out "$work/sides" >/dev/null 2>"$work/err"
grep -q "\"worker\": \".*/inst/libexec/forkmeter/forkmeter-worker\"" \
	"$work/sides/new/machine.json" || fail 'not the installed worker'

share=$inst/share
there() { # FILE COPY: the first is installed as the second
	cmp -s "$tree/$1" "$2" || fail "$1: not installed as $2"
}
there doc/forkmeter.1 "$share/man/man1/forkmeter.1"
for command in $(forkmeter list options --format tsv | sed 1d | cut -f1 |
	sort -u); do
	there "doc/forkmeter-$command.1" \
		"$share/man/man1/forkmeter-$command.1"
done
for program in "$inst"/bin/forkmeter-*; do
	there "doc/${program##*/}.1" "$share/man/man1/${program##*/}.1"
done
there completion/forkmeter.bash "$share/bash-completion/completions/forkmeter"
there completion/_forkmeter "$share/zsh/site-functions/_forkmeter"
there README "$share/doc/forkmeter/README"
there scripts/report "$share/forkmeter/scripts/report"
for part in "$tree"/scripts/fleet*; do
	there "scripts/${part##*/}" "$share/forkmeter/scripts/${part##*/}"
done
(unset FORKMETER && forkmeter-fleet --help) | grep -q -- '--via' ||
	fail 'forkmeter-fleet does not begin'
there scripts/trace "$share/forkmeter/scripts/trace"
for part in "$tree"/scripts/night/*; do
	there "scripts/night/${part##*/}" \
		"$share/forkmeter/scripts/night/${part##*/}"
done
grep -q "^ExecStart=$inst/bin/forkmeter-nightly " \
	"$share/doc/forkmeter/examples/forkmeter-nightly.service" ||
	fail 'no service that starts what is installed'
for part in "$tree"/scripts/figure/* "$tree"/scripts/sentence/* \
	"$tree"/scripts/table/*; do
	part=${part#"$tree"/}
	there "$part" "$share/forkmeter/$part"
done

if command -v gnuplot >/dev/null && command -v sqlite3 >/dev/null; then
	mv "$tree" "$work/gone" # what is installed must do without it
	forkmeter run spawn --strategy fork --rss 0 --rounds 3 --samples 10 \
		--out "$work/run" >/dev/null 2>"$work/err" ||
		fail "run: $(cat "$work/err")"
	(unset FORKMETER && "$share/forkmeter/scripts/report" "$work/run") \
		>/dev/null 2>"$work/err" || fail "report: $(cat "$work/err")"
	[ -s "$work/run/report/latency.svg" ] || fail 'no figure in the report'
	(unset FORKMETER && forkmeter-trace -o "$work/trace.svg") \
		>/dev/null 2>"$work/err" || fail "trace: $(cat "$work/err")"
	(unset FORKMETER && FORKMETER_LOCK=$work/lock FORKMETER_RESULTS=$work/nights \
		timeout 120 forkmeter-nightly --anyway --wait 0 --no-report -- \
		null --time 200ms) >/dev/null 2>"$work/err"
	[ -s "$work/nights/nights.tsv" ] || fail "nightly: $(cat "$work/err")"
	mv "$work/gone" "$tree"
else
	echo 'skip the report: gnuplot or sqlite3 is not installed'
fi

# Outside PATH, and elsewhere than it was configured for.
{ make -C "$tree" install prefix="$work/else where"; } >"$work/else.log" 2>&1 ||
	fail "another prefix: $(tail -n 3 "$work/else.log")"
mv "$tree" "$work/gone"
mv "$inst" "$work/away"
(
	unset FORKMETER
	PATH=/usr/bin:/bin
	ln -s "$work/else where/bin/forkmeter-nightly" "$work/nightly"
	for nightly in "$work/else where/bin/forkmeter-nightly" "$work/nightly" \
		"$work/away/bin/forkmeter-nightly"; do
		FORKMETER_RESULTS=$work/none "$nightly" --dry-run -- null \
			>"$work/out" 2>&1 || fail "$nightly: $(cat "$work/out")"
	done
	cd "$work/else where/bin" || exit 99
	for name in forkmeter-*; do
		"./$name" --help >"$work/out" || fail "$name --help"
		grep -q "^Usage: $name " "$work/out" ||
			fail "$name --help: $(head -n 1 "$work/out")"
		grep 'scripts/' "$work/out" && fail "$name --help names scripts"
	done
	mv forkmeter ..
	FORKMETER_RESULTS=$work/none ./forkmeter-nightly --dry-run >"$work/out" 2>&1
	grep -q "no such program; install it in $PWD, or name" "$work/out" ||
		fail "advises: $(cat "$work/out")"
	mv ../forkmeter .
	[ "$failures" -eq 0 ]
) || fail 'elsewhere, or outside PATH, something is not found'
mv "$work/away" "$inst"
mv "$work/gone" "$tree"
make -C "$tree" uninstall prefix="$work/else where" >"$work/else.log" 2>&1
left=$(find "$work/else where" ! -type d)
[ -z "$left" ] || fail "uninstall leaves $left"

cd "$tree" || exit 99
{ make install DESTDIR="$work/stage" && make uninstall; } \
	>"$work/uninstall.log" 2>&1 || {
	tail -n 20 "$work/uninstall.log"
	fail 'it cannot be uninstalled'
}
left=$(find "$inst" ! -type d)
[ -z "$left" ] || fail "uninstall leaves $left"
[ -x "$work/stage$inst/bin/forkmeter" ] || fail 'DESTDIR is not obeyed'
make uninstall DESTDIR="$work/stage" >"$work/uninstall.log" 2>&1 ||
	fail 'it cannot be uninstalled from DESTDIR'
left=$(find "$work/stage" ! -type d)
[ -z "$left" ] || fail "uninstall leaves $left"
end
