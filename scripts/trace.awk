# SPDX-License-Identifier: GPL-3.0-or-later
# From forkmeter trace's table to what trace.gp draws: a line a box, a line of
# an arrow or a text, in pixels. Usage: awk -v says=FILE -v columns=N -f trace.awk
# TABLE.tsv; FILE becomes the figure in words, a sentence a step; N panels stand
# side by side.
BEGIN {
	FS = OFS = "\t"
	panel_w = 390; panel_h = 180; left = 14; apart = 420; top = 0
	page_w = 60; frame_w = 112; gap = 14; row_h = 21; box_h = 17
	print "shape", "x", "y", "dx", "dy", "text"
}

NR == 1 {
	for (i = 1; i <= NF; i++)
		at[$i] = i
	next
}

function f(name) { return $(at[name]) }

{
	step = f("step")
	if (step != steps) {
		steps = step
		action[step] = f("action")
	}
	if (!(f("page") in row)) {
		row[f("page")] = ++pages
		name[pages] = f("page")
		kind[pages] = f("kind")
	}
	k = step SUBSEP f("process") SUBSEP row[f("page")]
	told[k] = 1
	present[k] = f("present") == "yes"
	frame[k] = f("frame")
	numbered += sub(/^0x/, "", frame[k])
	did[k] = f("did")
	faults[k] = f("faults")
	ns[k] = f("ns")
	differs[step] += f("agrees") == "no"
	unclear[step] += f("agrees") == "unclear"
	done[step, f("did")]++
}

function box(shape, x, y, w) { print shape, x + w / 2, y, w / 2, box_h / 2, "" }
function text(shape, x, y, words) { print shape, x, y, 0, 0, words }
function line(shape, x, y, to) { print shape, x, y, to - x, 0, "" }
function us(n) { return sprintf(n < 9950 ? "%.1f" : "%.0f", n / 1000) }

# What one step did, in a few words.
function summary(s, k, p, w, n, list, word, each, same) {
	for (p = 1; p <= pages; p++)
		for (w = 1; w <= 2; w++) {
			k = s SUBSEP substr("AB", w, 1) SUBSEP p
			if (ns[k] == "")
				continue
			n++
			list = list (n > 1 ? ", " : "") name[p] " " us(ns[k])
			word = did[k]
			each = faults[k]
			same = n == 1 || each == same ? each : -1
		}
	if (n == 1)
		list = word ", " each (each == 1 ? " fault, " : " faults, ") \
			substr(list, 3) " µs"
	else if (n)
		list = list " µs" (same < 0 ? "" : ", " same \
			(same == 1 ? " fault each" : " faults each"))
	else if (done[s, "free"] + done[s, "unmap"])
		list = done[s, "free"] + 0 " of its frames are free again"
	else
		list = done[s, "share"] / 2 " pages are shared"
	return list (differs[s] ? "; the model differs" : \
		unclear[s] ? "; unclear" : "; the model agrees")
}

# A frame, in the middle where A and B share it or where it is not a process's
# own, else on its process's side; with a word where the step changed it.
function draw_frame(x, y, k, side, word, shape) {
	word = did[k]
	shape = word ~ /^(copy|zero-fill|zero page|move)$/ ? "new" : \
		word == "free" ? "freed" : "frame"
	if (word ~ /^(nothing|share|unmap|map)$/)
		word = ""
	x += page_w + gap
	x += side == 0 ? (panel_w - 2 * (page_w + gap) - frame_w) / 2 : \
		side == 2 ? panel_w - 2 * (page_w + gap) - frame_w : 0
	box(shape, x, y, frame_w)
	text(shape "_text", x + frame_w / 2, y, frame[k] (word ? " " word : ""))
	return x
}

function draw_page(x, y, k, p) {
	box(ns[k] == "" ? "page" : "touched", x, y, page_w)
	text("page_text", x + page_w / 2, y, name[p] " " kind[p])
}

function draw_row(s, x, y, p, a, b, both, side, at_x) {
	a = s SUBSEP "A" SUBSEP p
	b = s SUBSEP "B" SUBSEP p
	both = present[a] && present[b] && frame[a] == frame[b]
	draw_page(x, y, a, p)
	if (present[a]) {
		# Of the file, or of the zero page until it was filled.
		side = both || kind[p] == "code" || (kind[p] == "zero" && \
			!filled) ? 0 : 1
		at_x = draw_frame(x, y, a, side)
		line("line_a", x + page_w, y, at_x)
	}
	if (told[b] && (s, "B") in alive) {
		draw_page(x + panel_w - page_w, y, b, p)
		if (present[b]) {
			at_x = both ? at_x : draw_frame(x, y, b, 2)
			line("line_b", x + panel_w - page_w, y, at_x + frame_w)
		}
	} else if (did[b] == "free") {
		draw_frame(x, y, b, 2)
	}
}

function draw_panel(s, x, y, p) {
	x = left + apart * ((s - 1) % columns)
	y = top + panel_h * int((s - 1) / columns)
	text("title", x, y + 10, s ". " action[s])
	text("summary", x, y + 29, summary(s))
	text("head", x + page_w / 2, y + 49, "A")
	text("head", x + panel_w / 2, y + 49, "frames")
	if ((s, "B") in alive)
		text("head", x + panel_w - page_w / 2, y + 49, "B")
	for (p = 1; p <= pages; p++) {
		if (kind[p] == "zero" && did[s, "A", p] == "zero-fill")
			filled = 1
		draw_row(s, x, y + 46 + row_h * p, p)
	}
	print s ". " action[s] ": " summary(s) "." >says
}

END {
	for (k in present) {
		split(k, part, SUBSEP)
		if (present[k])
			alive[part[1], part[2]]
	}
	for (s = 1; s <= steps; s++)
		draw_panel(s)
	y = top + panel_h * int((steps + columns - 1) / columns)
	text("foot", left, y, (numbered ? \
		"Frames: by their numbers, hexadecimal." : \
		"Frames: a letter each; their numbers are shown to root alone.") \
		" Grey: the page that was touched. Thick: a frame that this step" \
		" brought; dotted: one that it freed. Lines: entries of page" \
		" tables, A's solid, B's dashed; a page without a line has none.")
	text("end", apart * columns, y, "")
}
