# SPDX-License-Identifier: GPL-3.0-or-later
# From a study's facts.tsv and summary.tsv to its table for people, with the
# sentences that its numbers allow. For scripts/study.

# Three digits of a time, and of a factor as many as tell it from 1.
function us(x) {
	return sprintf(x < 10 ? "%.2f" : x < 100 ? "%.1f" : "%.0f", x)
}

function factor(x) {
	return sprintf(x < 10 ? "%.2f" : "%.1f", x)
}

function with_interval(middle, lo, hi) {
	return lo == "" ? middle : sprintf("%-4s (%s-%s)", middle, lo, hi)
}

function row(label, f, t, vmas, rss,    line) {
	line = sprintf("%-33s %-16s %-17s %4s %6s", label, f, t, vmas, rss)
	sub(/ +$/, "", line)
	print line
}

function rule(    i, line) {
	for (i = 0; i < 80; i++)
		line = line "-"
	print line
}

function say(text,    n, word, i, line) {
	n = split(text, word, " ")
	for (i = 1; i <= n; i++)
		if (line == "") {
			line = word[i]
		} else if (length(line) + length(word[i]) < 79) {
			line = line " " word[i]
		} else {
			print line
			line = word[i]
		}
	print line "\n"
}

function told(key) {
	return fact[key] == "" ? "not told" : fact[key]
}

function plural(n, word) {
	return n " " word (n == 1 ? "" : "s")
}

function head() {
	print "Measured on " told("date") " with\n"
	print "  scripts/study --rounds " fact["rounds"] " --samples " \
		fact["samples"] " --seed " fact["seed"] "\n"
	say("which took " plural(fact["seconds"], "second") " on " \
		told("processor") (fact["virtual"] == "" ? "" : \
		" (a virtual machine)") " with " plural(fact["processors"], \
		"processor") "; " told("kernel") "; transparent huge pages: " \
		told("thp") "; " told("libc") "; " told("compiler") ". It was" \
		" started " plural(fact["cgroup_depth"], "level") " below the" \
		" root memory cgroup, at a load average of " told("load") \
		", and pinned to processor " told("cpu") ".")
}

FNR == 1 {
	file++
}

file == 1 {
	fact[$1] = $2
	next
}

FNR == 1 {
	head()
	for (i = 1; i <= NF; i++)
		at[$i] = i
	row("process", "factor", "microseconds", "VMAs", "KiB")
	rule()
	next
}

{
	v = $at["variant"]
	label[v] = $at["label"]
	middle[v] = $at["factor"]
	factor_lo[v] = $at["factor_lo"]
	factor_hi[v] = $at["factor_hi"]
	if ($at["group"] == "exec" && was != "exec")
		rule()
	was = $at["group"]
}

$at["us"] == "" {
	row(label[v], "not measured", "", "", "")
	reasons[++skipped] = label[v] ": " $at["reason"]
	next
}

{
	f = middle[v] == "" ? "" : v == $at["base"] ? "1" : with_interval(factor(middle[v]), \
		factor_lo[v] == "" ? "" : factor(factor_lo[v]), \
		factor(factor_hi[v]))
	row(label[v], f, with_interval(us($at["us"]), \
		$at["us_lo"] == "" ? "" : us($at["us_lo"]), us($at["us_hi"])), \
		$at["vmas"], $at["rss_kib"])
}

END {
	print ""
	say("Medians with 95 % intervals over " plural(fact["rounds"], \
		"round") "; factors" \
		" are paired by round, of the loop's rows to the baseline, of" \
		" the exec rows to the first of them. VMAs and KiB: what the" \
		" parent had mapped and resident.")
	for (i = 1; i <= skipped; i++)
		say("Not measured: " reasons[i] ".")
	if (middle["again"] != "")
		say("The control must be 1 and is " \
			sprintf("%.3f", middle["again"]) \
			(factor_lo["again"] == "" ? \
			"; below three rounds there are no intervals." : \
			sprintf(" (%.3f-%.3f): differences within that mean" \
			" nothing here.", factor_lo["again"], \
			factor_hi["again"])))
	lo = fact["between_lo"]
	say("Between the cheapest and the dearest process that run the same" \
		" loop, the 64 MiB aside, \"" label[fact["cheapest"]] \
		"\" and \"" label[fact["dearest"]] "\", lies a factor of " \
		factor(fact["between"]) (lo == "" ? "" : " (" factor(lo) "-" \
		factor(fact["between_hi"]) ")") ".")
}
