#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What bash and zsh complete is what the program says of itself.
. "${top_srcdir:-.}/tests/lib.sh"
command -v bash >/dev/null || skip 'bash is not installed'

export top_srcdir
cat >"$work/drive" <<'EOT'
compopt() { printf '%s\n' "compopt $*" >&2; }
[ -z "${breaks+set}" ] || COMP_WORDBREAKS=$breaks
. "$top_srcdir/completion/forkmeter.bash"
COMP_WORDS=("${program:-$FORKMETER}" "$@")
COMP_CWORD=$#
_forkmeter
printf '%s\n' "${COMPREPLY[@]}"
EOT

# becomes WANT WORD...: the candidates for the last word, one a line, sorted.
becomes() {
	want=$1
	shift
	bash "$work/drive" "$@" >"$work/have" 2>"$work/err" ||
		fail "bash: $* ($(cat "$work/err"))"
	have=$(sort "$work/have")
	[ "$have" = "$want" ] ||
		fail "'$*' becomes '$have', not '$want' ($(cat "$work/err"))"
	grep -v '^compopt ' "$work/err" && fail "bash complains of: $*"
	:
}
asked() {
	grep -q -- "$1" "$work/err" || fail "bash is not told $1"
}
lines() {
	printf '%s\n' "$@" | sort
}

"$FORKMETER" list options --format tsv | sed 1d >"$work/options"
"$FORKMETER" list --format tsv >"$work/list"
names() { # KIND: their names
	awk -F'\t' -v kind="$1" '$1 == kind { print $2 }' "$work/list"
}

cut -f1 "$work/options" | sort -u >"$work/commands"
becomes "$(cat "$work/commands")" ''
becomes 'summary' summ
becomes '--version' --v
while read -r command; do
	becomes "$(awk -F'\t' -v command="$command" '
		$1 == command { print $2 }' "$work/options" | sort)" "$command" -
done <"$work/commands"
becomes "$({ names workload && names profile; } | sort)" run ''
becomes "$(names workload | sort)" run --rss 1M spawn ''
becomes "$({ names strategy && echo all; } | sort)" run --strategy ''
becomes 'vfork' run --strategy vf
becomes 'fork,vfork' run --strategy fork,vf
asked nospace
becomes 'anon,none,thp' run --backing anon,none,t
becomes "$({ names child && echo all; } | sort)" run spawn --child ''
becomes 'writer=' run cow --set w
asked nospace
becomes "$(lines all both child parent)" run cow --set writer =
becomes 'child,parent' run cow --set writer = child,p
becomes '' run cow --set threads =
breaks=' ' && export breaks
becomes 'writer=child' run cow --set writer=ch
becomes '--set=writer=child,parent' run cow --set=writer=child,p
becomes '--format=json' show --format=js
unset breaks
becomes 'json' show --format = js
becomes "$(lines text tsv csv json markdown latex)" run --format ''
becomes 'wait_ns' show --metric wait
becomes "$(lines median p10 p90 p99)" compare --statistic ''
becomes 'op_ns' show --metric op
becomes 'strategy=' show --where st
becomes 'vfork' show --where strategy = vf
becomes "$(lines strategies)" list st
becomes '' run --rss ''
becomes '' run --out "$work/"
asked plusdirs
becomes '' frobnicate ''

FORKMETER_RESULTS="$work/the results" && export FORKMETER_RESULTS
mkdir -p "$FORKMETER_RESULTS/host/1" "$FORKMETER_RESULTS/host/2"
: >"$FORKMETER_RESULTS/host/1/plan.tsv"
becomes "$FORKMETER_RESULTS/host/1" show ''
asked plusdirs
becomes "$FORKMETER_RESULTS/host/1" compare base ''
becomes "$FORKMETER_RESULTS/host/1" summary "$FORKMETER_RESULTS/h"

# A plug-in that did not exist when the files were made.
cat >"$work/newer" <<'EOT'
#!/bin/sh
"$FORKMETER" "$@"
[ "$*" != 'list --format tsv' ] ||
	printf '%s\t%s\tyes\t\t%s\t\n' strategy zygote x \
		parameter 'cow --set order=' 'which page first: up,down'
EOT
chmod +x "$work/newer"
program=$work/newer && export program
becomes 'fork,zygote' run --strategy fork,z
becomes 'down' run --set order = d
program=$work/nothing
becomes '' run --strategy f
unset program

if ! command -v zsh >/dev/null || ! command -v timeout >/dev/null; then
	echo 'skip zsh: it, or timeout, is not installed'
	end
fi
cat >"$work/drive.zsh" <<'EOT'
zmodload zsh/zpty || exit 1
zpty shell 'TERM=dumb zsh -f -i'
say() { zpty -w shell "$1"; zpty -r shell said "*$2*" }
say 'show() { print -r -- "<<$BUFFER>>" }; zle -N show; print s"et"' set
say "fpath=(\$top_srcdir/completion \$fpath)
autoload -U compinit; compinit -D -u; setopt nobeep; unsetopt listambiguous
bindkey '^T' show; bindkey '^U' kill-whole-line
print re\"ady\"" ready
for typed; do
	zpty -w -n shell $'\x15'$typed$'\t\x14'
	zpty -r shell said '*<<*>>*'
	said=${said#*<<}
	print -r -- "${said%%>>*}|"
done
zpty -d shell
EOT
PATH=$(dirname "$FORKMETER"):$PATH
cat >"$work/want" <<'EOT'
forkmeter summary |
forkmeter run --strategy |
forkmeter run --strategy fork,vfork,|
forkmeter run cow --set writer=|
forkmeter run cow --set writer=child,parent,|
forkmeter show --format=json |
forkmeter show --where strategy=vfork |
EOT
timeout 60 zsh -f "$work/drive.zsh" 'forkmeter summ' \
	'forkmeter run --strat' 'forkmeter run --strategy fork,vf' \
	'forkmeter run cow --set wr' 'forkmeter run cow --set writer=child,p' \
	'forkmeter show --format=js' 'forkmeter show --where strategy=vf' \
	>"$work/have" 2>&1 || fail 'zsh cannot be driven'
diff "$work/want" "$work/have" || fail 'zsh completes otherwise'
end
