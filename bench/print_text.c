/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables on a terminal: as wide as it is, in colour where that is wanted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "print.h"
#include "say.h"

enum {
	GAP = 2,
	COLUMNS_MAX = 64,
	LEAST_WIDTH = 40,
	NARROWEST = 12,
	PAGE_WIDTH = 80, /* where text must end somewhere, without a terminal */
};

struct layout {
	int shown[COLUMNS_MAX], right[COLUMNS_MAX], width[COLUMNS_MAX];
	int colour;
};

/* Columns on the screen: bytes that begin a UTF-8 character. */
static int width(const char *s)
{
	int n = 0;

	for (; *s; s++)
		n += (*s & 0xc0) != 0x80;
	return n;
}

static const char *cell(const struct fm_print *p, size_t row, size_t column)
{
	return p->cell[row * p->columns + column];
}

/* 0: not a terminal, as wide as it likes. */
static int terminal_width(void)
{
	struct winsize size;

	if (!isatty(STDOUT_FILENO) ||
	    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || !size.ws_col)
		return 0;
	return size.ws_col < LEAST_WIDTH ? LEAST_WIDTH : size.ws_col;
}

/* https://no-color.org: any value but the empty one says no. */
static int wants_colour(void)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && !(no && *no) && term &&
	       strcmp(term, "dumb");
}

static void measure(const struct fm_print *p, struct layout *l)
{
	for (size_t c = 0; c < p->columns; c++) {
		l->width[c] = width(p->header[c]);
		l->right[c] = fm_print_is_right(p, c);
		l->shown[c] = !p->rows;
		for (size_t r = 0; r < p->rows; r++) {
			if (width(cell(p, r, c)) > l->width[c])
				l->width[c] = width(cell(p, r, c));
			l->shown[c] |= *cell(p, r, c) != '\0';
		}
	}
}

static int total(const struct fm_print *p, const struct layout *l)
{
	int n = -GAP;

	for (size_t c = 0; c < p->columns; c++)
		n += l->shown[c] ? l->width[c] + GAP : 0;
	return n;
}

/* Leaves columns out until the rest fits; at last makes the widest narrow. */
static void fit(const struct fm_print *p, struct layout *l, int room)
{
	const char *drop = p->drop ? p->drop : "";

	for (; *drop && total(p, l) > room; drop += *drop == ',') {
		size_t n = strcspn(drop, ",");

		for (size_t c = 0; c < p->columns; c++)
			if (strlen(p->header[c]) == n &&
			    !strncmp(p->header[c], drop, n))
				l->shown[c] = 0;
		drop += n;
	}
	while (total(p, l) > room) {
		size_t widest = p->columns;

		for (size_t c = 0; c < p->columns; c++)
			if (l->shown[c] && !l->right[c] &&
			    l->width[c] > NARROWEST &&
			    (widest == p->columns ||
			     l->width[c] > l->width[widest]))
				widest = c;
		if (widest == p->columns)
			return;
		l->width[widest]--;
	}
}

static void pad(int n)
{
	while (n-- > 0)
		putchar(' ');
}

/*
 * Writes as much of the text as fits into room columns, up to a blank where
 * there is one. Returns how many columns; *rest is where it goes on.
 */
static int put_piece(const char *text, int room, const char **rest)
{
	const char *end = text, *blank = NULL;
	int n = 0, n_blank = 0;

	while (*end) {
		int wide = (*end & 0xc0) != 0x80;

		if (n + wide > room)
			break;
		if (*end == ' ') {
			blank = end;
			n_blank = n;
		}
		n += wide;
		end++;
	}
	if (*end && *end != ' ' && blank) {
		end = blank;
		n = n_blank;
	}
	fwrite(text, 1, (size_t)(end - text), stdout);
	*rest = end + strspn(end, " ");
	return n;
}

void fm_print_wrapped(const char *text, int at)
{
	int room = terminal_width();

	room = (room ? room : PAGE_WIDTH) - at;
	if (room < NARROWEST)
		room = NARROWEST;
	put_piece(text, room, &text);
	while (*text) {
		putchar('\n');
		pad(at);
		put_piece(text, room, &text);
	}
	putchar('\n');
}

const char *fm_print_heading(void)
{
	return wants_colour() ? "\033[1m" : "";
}

int fm_print_width(void)
{
	const char *columns = getenv("COLUMNS");
	int width = terminal_width();

	if (!width && columns)
		width = atoi(columns);
	return width <= 0 ? 80 : width < LEAST_WIDTH ? LEAST_WIDTH : width;
}

const char *fm_print_colour(const char *text)
{
	static const struct {
		const char *begins, *code;
	} colours[] = {
		{ "BROKEN", "\033[31m" }, { "FAILED", "\033[31m" },
		{ "no", "\033[33m" },	  { "bad", "\033[31m" },
		{ "noise", "\033[33m" },  { "limit", "\033[36m" },
		{ "ok", "\033[32m" },	  { "slower", "\033[31m" },
		{ "faster", "\033[32m" }, { "unsure", "\033[33m" },
	};

	if (!wants_colour())
		return "";
	for (size_t i = 0; i < sizeof(colours) / sizeof(*colours); i++) {
		size_t n = strlen(colours[i].begins);

		if (!strncmp(text, colours[i].begins, n) &&
		    (!text[n] || text[n] == ':'))
			return colours[i].code;
	}
	return "";
}

/* A line of the table, on as many lines as its longest cell takes. */
static void put_line(const struct fm_print *p, const struct layout *l,
		     const char *const *cells, const char *code)
{
	const char *rest[COLUMNS_MAX];
	int more;

	memcpy(rest, cells, p->columns * sizeof(*rest));
	do {
		int gap = 0;

		more = 0;
		for (size_t c = 0; c < p->columns; c++) {
			const char *colour = !l->colour || !*rest[c] ? "" :
					     code		     ? code :
						    fm_print_colour(cells[c]);
			int left =
				l->right[c] ? l->width[c] - width(rest[c]) : 0;
			int put;

			if (!l->shown[c])
				continue;
			pad(gap + left);
			fputs(colour, stdout);
			put = put_piece(rest[c], l->width[c], &rest[c]);
			fputs(*colour ? "\033[0m" : "", stdout);
			gap = GAP + l->width[c] - put - (left > 0 ? left : 0);
			more |= *rest[c] != '\0';
		}
		putchar('\n');
	} while (more);
}

static void say_dropped(const struct fm_print *p, const struct layout *wide,
			const struct layout *narrow)
{
	char names[256] = "";
	size_t n = 0;

	for (size_t c = 0; c < p->columns && n < sizeof(names); c++)
		if (wide->shown[c] && !narrow->shown[c])
			n += (size_t)snprintf(names + n, sizeof(names) - n,
					      "%s%s", n ? ", " : "",
					      p->header[c]);
	if (n)
		fm_say_note("too narrow a terminal for: %s; --format tsv has "
			    "all",
			    names);
}

void fm_print_text(const struct fm_print *p)
{
	struct layout l = { .colour = wants_colour() };
	int room = terminal_width();

	measure(p, &l);
	if (room) {
		struct layout wide = l;

		fit(p, &l, room);
		say_dropped(p, &wide, &l);
	}
	put_line(p, &l, p->header, "\033[1m");
	for (size_t r = 0; r < p->rows; r++)
		put_line(p, &l, (const char *const *)p->cell + r * p->columns,
			 NULL);
}
