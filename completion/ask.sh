# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What bash's and zsh's completion have in common; make docs puts it into both.

# _forkmeter_ask PROGRAM WORD...: what the last of the words can become. The
# program is asked, so that whatever it gains is completed; no command, option
# or plug-in is listed here. First a line of flags (list: more may follow after a
# comma; key: a value follows; run, folder: such names fit, too), a tab, and the
# beginning of the word that is settled; then a line each: what may follow
# that, a tab, and what it means.
_forkmeter_ask() {
	local program=$1 command=''
	shift
	[ $# -lt 2 ] || command=$1
	{
		"$program" list --format tsv
		"$program" list options --format tsv
		"$program" list columns --format tsv
		"$program" ${command:+"$command"} --help
	} 2>/dev/null </dev/null | awk '
BEGIN {
	FS = "\t"
	words = ARGC - 1
	for (i = 1; i <= words; i++)
		word[i] = ARGV[i]
	ARGC = 1
	current = word[words]
	flags = "."
}
function f(name) { return $(at[name]) }
function offer(text, meaning) {
	if (index(used, "," text ","))
		return
	offered[++offers] = text
	means[offers] = meaning
}
function settle(n) {
	before = before substr(current, 1, n)
	current = substr(current, n + 1)
}
# What can stand for that: names of a kind, values of a parameter, a metric.
function names(what, i, n, part, one) {
	for (i = 1; i <= things; i++) {
		if (kind[i] == what)
			offer(name[i], summary[i])
		else if (kind[i] == "parameter" && name[i] ~ " " what "=$") {
			n = split(summary[i], part, ": ")
			n = split(part[n], one, ",")
			if (summary[i] ~ /: a number from /)
				continue
			for (n = 1; n in one; n++)
				offer(one[n])
		}
	}
	if (what != "metric")
		return
	for (i = 1; i <= columns; i++)
		if (table_of[i] == "samples" && unit[i] == "ns" &&
		    column[i] != "batch_ns")
			offer(column[i], column_means[i])
	offer("op_ns", "batch_ns / ops")
	offer("touch_ns", "single touches, of histograms.tsv")
	offer("first_touch_ns", "the first in each large page")
}
function keys(of_parameters, i, key) {
	flags = flags " key"
	for (i = 1; of_parameters && i <= things; i++)
		if (kind[i] == "parameter") {
			key = name[i]
			sub(/.* /, "", key)
			offer(key, summary[i])
		}
	for (i = 1; !of_parameters && i <= columns; i++)
		if (table_of[i] == "summary")
			offer(column[i] "=", column_means[i])
}
function option_value(takes, meaning, what, i, n, part) {
	if (takes ~ /^KEY=/) {
		i = index(current, "=")
		if (!i) {
			keys(takes == "KEY=LIST")
			return
		}
		what = substr(current, 1, i - 1)
		settle(i)
	}
	if (takes ~ /LIST$/) {
		flags = flags " list"
		if (match(current, /.*,/)) {
			used = "," substr(current, 1, RLENGTH)
			settle(RLENGTH)
		}
	}
	names(what)
	if (takes ~ /LIST$/ && used == "" && offers)
		offer("all", "every one of them")
	if (takes == "DIR")
		flags = flags " folder"
	# A meaning such as "text, tsv or csv" is a list of values.
	sub(/ \(default: [^)]*\)$/, "", meaning)
	if (meaning ~ /^[a-z0-9]+(, [a-z0-9]+)* or [a-z0-9]+$/) {
		sub(/ or /, ", ", meaning)
		n = split(meaning, part, ", ")
		for (i = 1; i <= n; i++)
			offer(part[i])
	}
}
# What the usage line has for the Nth argument, from 0.
function argument_number(n, groups, group, i, k, what, found) {
	gsub(/[][]/, "", usage)
	gsub(/ *[|] */, "|", usage)
	groups = split(usage, group, " ")
	i = n += 4 # after Usage: forkmeter COMMAND
	while (i > 3 && (i > groups || group[i] == "OPTIONS"))
		i--
	groups = i > 3 ? split(group[i], what, "|") : 0
	for (k = 1; k <= groups; k++) {
		if (!sub(/[.][.][.]$/, "", what[k]) && i != n)
			continue
		found = offers
		if (what[k] ~ /^[a-z]/)
			offer(what[k])
		else
			names(tolower(what[k]))
		if (offers == found && what[k] ~ /^[A-Z]/)
			flags = flags " run"
	}
}
function options_of_command(i) {
	for (i = 1; i <= options; i++)
		offer(option[i], option_means[option[i]])
}
$1 == "kind" || $1 == "command" || $1 == "table" {
	table = $1
	for (i = 1; i <= NF; i++)
		at[$i] = i
	next
}
/^Usage: / {
	table = "help"
	usage = $0
}
table == "kind" {
	kind[++things] = f("kind")
	name[things] = f("name")
	summary[things] = f("summary")
}
table == "command" && f("command") == word[1] {
	option[++options] = f("option")
	takes[f("option")] = f("argument")
	option_means[f("option")] = f("meaning")
}
table == "table" {
	table_of[++columns] = f("table")
	column[columns] = f("column")
	unit[columns] = f("unit")
	column_means[columns] = f("meaning")
}
table == "help" && words == 1 {
	if (/^[^ ]/)
		listing = $0 ~ /^Commands:/
	if (listing && match($0, /^  [a-z]+ +/)) {
		split($0, part, " ")
		offer(part[1], substr($0, RLENGTH + 1))
	}
	while (match($0, /--[a-z]+/)) {
		if (!seen[substr($0, RSTART, RLENGTH)]++ && current ~ /^-/)
			offer(substr($0, RSTART, RLENGTH))
		$0 = substr($0, RSTART + RLENGTH)
	}
}
END {
	for (i = 2; i < words; i++) {
		if (waiting != "")
			waiting = ""
		else if (takes[word[i]] != "")
			waiting = word[i]
		else if (word[i] !~ /^-/)
			arguments++
	}
	if (waiting == "" && match(current, /^--[^=]+=/)) {
		waiting = substr(current, 1, RLENGTH - 1)
		settle(RLENGTH)
	}
	if (words > 1 && waiting != "")
		option_value(takes[waiting], option_means[waiting], substr(waiting, 3))
	else if (words > 1 && current !~ /^-/)
		argument_number(arguments + 0)
	if (words > 1 && waiting == "" && (current ~ /^-/ ||
	    (current == "" && !offers && flags == ".")))
		options_of_command()
	print flags "\t" before
	for (i = 1; i <= offers; i++)
		print offered[i] "\t" means[i]
}' "$@"
}
