/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reference model under random operations, beside a naive one that copies
 * everything in fork: what a process sees in its frames is what it must see,
 * and every frame has as many owners as there are entries and objects with it.
 */
#include <errno.h>
#include <string.h>

#include "model.h"
#include "test.h"

enum { PROCESSES = 6, PAGES = 16, FRAMES = 160, STEPS = 4000 };

#define ONE .pages = PAGES, .unit = 8, .one_entry = 1
#define BASE .pages = PAGES, .unit = 1

static const struct fm_model_area areas[] = {
	{ .first = 0, BASE },
	{ .first = 32, BASE, .kind = FM_MODEL_SHARED },
	{ .first = 48, BASE, .kind = FM_MODEL_FILE_PRIVATE },
	{ .first = 64, BASE, .at_fork = FM_MODEL_DONTFORK },
	{ .first = 96, BASE, .at_fork = FM_MODEL_WIPEONFORK },
	{ .first = 128, BASE, .at_fork = FM_MODEL_PINNED },
	{ .first = 160, .pages = PAGES, .unit = 4 },
	{ .first = 192, ONE },
	{ .first = 224, ONE, .hugetlb = 1 },
	{ .first = 256, ONE, .at_fork = FM_MODEL_PINNED },
	{ .first = 288, ONE, .kind = FM_MODEL_SHARED },
	{ .first = 320, .pages = PAGES, .unit = 4, .kind = FM_MODEL_SHARED },
	{ .first = 352,
	  BASE,
	  .kind = FM_MODEL_FILE_PRIVATE,
	  .at_fork = FM_MODEL_PINNED },
};

enum {
	AREAS = sizeof(areas) / sizeof(*areas),
	OBJECTS = PROCESSES * AREAS,
};

/* The naive one: bytes, and nothing else. */
struct object {
	int areas; /* that map it */
	unsigned char byte[PAGES];
	size_t frame[PAGES]; /* that the model was seen to use, + 1 */
};

struct view {
	int mapped;
	struct object own, *object; /* the latter of SHARED */
};

struct world {
	struct fm_model m;
	int alive[PROCESSES], forks, refused;
	struct view view[PROCESSES][AREAS];
	struct object object[OBJECTS];
	/* What is in the model's frames, and what was seen there at last. */
	unsigned char content[FRAMES], seen[PROCESSES][AREAS][PAGES];
	int was_used[FRAMES];
};

static uint32_t seed = 20240229;

static int random_below(int n)
{
	seed = seed * 1664525 + 1013904223;
	return (int)((seed >> 8) % (uint32_t)n);
}

static unsigned char file_byte(int page)
{
	return (unsigned char)(100 + page);
}

static void begin_view(struct world *w, struct view *v, int a)
{
	*v = (struct view){ .mapped = 1 };
	for (int i = 0; areas[a].kind == FM_MODEL_FILE_PRIVATE && i < PAGES;
	     i++)
		v->own.byte[i] = file_byte(i);
	if (areas[a].kind != FM_MODEL_SHARED)
		return;
	v->object = w->object;
	while (v->object->areas)
		v->object++;
	*v->object = (struct object){ .areas = 1 };
}

static void end_views(struct world *w, int process)
{
	for (int a = 0; a < AREAS; a++) {
		struct view *v = &w->view[process][a];

		if (v->mapped && v->object)
			v->object->areas--;
		*v = (struct view){ 0 };
	}
}

static void fork_views(struct world *w, int parent, int child)
{
	w->alive[child] = 1;
	for (int a = 0; a < AREAS; a++) {
		struct view *v = &w->view[child][a];

		*v = w->view[parent][a];
		if (!v->mapped)
			continue;
		if (v->object)
			v->object->areas++;
		if (areas[a].at_fork == FM_MODEL_WIPEONFORK)
			memset(v->own.byte, 0, sizeof(v->own.byte));
		v->mapped = areas[a].at_fork != FM_MODEL_DONTFORK;
	}
}

/* What the process has in the page, by the model's frames. */
static unsigned char seen_in(const struct world *w, int process, int a, int i)
{
	struct fm_model_page is =
		fm_model_look(&w->m, process, areas[a].first + (size_t)i);

	if (is.owners)
		return w->content[is.frame];
	return areas[a].kind == FM_MODEL_FILE_PRIVATE ?
		       file_byte(is.cached ? (int)is.frame : i) :
		       0;
}

/*
 * After a step: a new frame holds what was seen in its page before, by the
 * process itself, or by the parent if the step has made the process.
 */
static void fill_new_frames(struct world *w, int child, int parent)
{
	for (int p = 0; p < PROCESSES; p++)
		for (int a = 0; a < AREAS; a++)
			for (int i = 0; i < PAGES; i++) {
				struct fm_model_page is = fm_model_look(
					&w->m, p, areas[a].first + (size_t)i);

				if (!is.owners || w->was_used[is.frame])
					continue;
				w->was_used[is.frame] = 1;
				w->content[is.frame] =
					w->seen[p == child ? parent : p][a][i];
			}
}

/* Returns how much of the process's area is not as it must be. */
static int compare_area(struct world *w, int p, int a, uint32_t *owners)
{
	struct view *v = &w->view[p][a];
	int wrong = 0;

	for (int i = 0; i < PAGES; i++) {
		struct fm_model_page is =
			fm_model_look(&w->m, p, areas[a].first + (size_t)i);

		w->seen[p][a][i] = seen_in(w, p, a, i);
		wrong += is.mapped != v->mapped;
		if (is.owners)
			owners[is.frame]++;
		if (is.owners && v->object)
			v->object->frame[i] = is.frame + 1;
		if (v->mapped && (is.present || !v->object))
			wrong += w->seen[p][a][i] !=
				 (v->object ? v->object : &v->own)->byte[i];
	}
	return wrong;
}

static void compare(struct world *w)
{
	uint32_t owners[FRAMES] = { 0 };
	size_t used = 0;
	int wrong = 0;

	for (int p = 0; p < PROCESSES; p++)
		for (int a = 0; a < AREAS; a++)
			wrong += compare_area(w, p, a, owners);
	for (int o = 0; o < OBJECTS; o++)
		for (int i = 0; w->object[o].areas && i < PAGES; i++)
			if (w->object[o].frame[i])
				owners[w->object[o].frame[i] - 1]++;
	for (int f = 0; f < FRAMES; f++) {
		wrong += owners[f] != w->m.owners[f];
		w->was_used[f] = owners[f] > 0;
		used += owners[f] > 0;
	}
	CHECK(!wrong && used == w->m.used && w->m.peak >= used);
}

static void write_byte(struct world *w, int p, int a, int i, int by_kernel)
{
	size_t page = areas[a].first + (size_t)i;
	unsigned char byte = (unsigned char)random_below(256);
	struct view *v = &w->view[p][a];
	int err = (by_kernel ? fm_model_kernel_write : fm_model_write)(&w->m, p,
								       page);

	CHECK(err == (v->mapped ? 0 : -EFAULT) || err == -ENOMEM);
	w->refused += err == -ENOMEM;
	if (err)
		return;
	CHECK(fm_model_look(&w->m, p, page).writable);
	fill_new_frames(w, -1, -1);
	w->content[fm_model_look(&w->m, p, page).frame] = byte;
	(v->object ? v->object : &v->own)->byte[i] = byte;
}

static void do_fork(struct world *w, int parent)
{
	int child = fm_model_fork(&w->m, parent);

	if (child == -ENOMEM) {
		w->refused++;
		return;
	}
	CHECK(child > 0 || !w->alive[0]);
	if (child >= PROCESSES) {
		fm_model_exit(&w->m, child);
		return;
	}
	fork_views(w, parent, child);
	fill_new_frames(w, child, parent);
	w->forks++;
}

static void map_area(struct world *w, int p, int a)
{
	int err = fm_model_map(&w->m, p, &areas[a]);

	CHECK(err == (w->view[p][a].mapped ? -EEXIST : 0));
	if (!err)
		begin_view(w, &w->view[p][a], a);
}

static void step(struct world *w)
{
	int p = random_below(PROCESSES), a = random_below(AREAS);
	int i = random_below(PAGES), what = random_below(100), alive = 0;

	while (!w->alive[p])
		p = (p + 1) % PROCESSES;
	for (int k = 0; k < PROCESSES; k++)
		alive += w->alive[k];
	if (what < 45) {
		write_byte(w, p, a, i, what < 10);
	} else if (what < 75) {
		fm_model_read(&w->m, p, areas[a].first + (size_t)i);
		fill_new_frames(w, -1, -1);
	} else if (what < 90) {
		map_area(w, p, a);
	} else if (what < 95) {
		do_fork(w, p);
	} else if (what < 98 && alive > 1) {
		fm_model_exit(&w->m, p);
		end_views(w, p);
		w->alive[p] = 0;
	} else if (what == 98) {
		fm_model_exec(&w->m, p);
		end_views(w, p);
	}
	compare(w);
}

static void wander(const struct fm_model_policy *policy)
{
	static struct world w;

	w = (struct world){ .alive = { 1 } };
	CHECK(!fm_model_open(&w.m, policy, FRAMES));
	for (int i = 0; i < STEPS; i++)
		step(&w);
	CHECK(w.forks > 50 && w.refused > 0 && w.m.count.copies > 100);
	for (int p = 0; p < PROCESSES; p++)
		fm_model_exit(&w.m, p);
	CHECK(w.m.used == 0);
	fm_model_close(&w.m);
}

int main(void)
{
	static const struct fm_model_policy whole = { .huge_cow = 1,
						      .huge_zero_splits = 1,
						      .fork_shared = 1,
						      .fault_around = 4 };

	wander(&fm_model_linux);
	wander(&fm_model_xv6);
	wander(&whole);
	return test_end();
}
