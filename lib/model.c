/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference model: its pool of frames, and the memory of processes. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model_parts.h"

const struct fm_model_policy fm_model_linux = {
	.fault_around = 16, /* fault_around_bytes: 64 KiB */
};

const struct fm_model_policy fm_model_xv6 = {
	.eager = 1,
	.no_zero_page = 1,
	.fork_shared = 1,
	.fault_around = 1,
};

int fm_model_open(struct fm_model *m, const struct fm_model_policy *policy,
		  size_t frames)
{
	*m = (struct fm_model){ .policy = *policy, .frames = frames };
	if (frames > UINT32_MAX)
		return -ENOMEM;
	m->owners = calloc(frames + 1, sizeof(*m->owners));
	m->free = calloc(frames + 1, sizeof(*m->free));
	m->process = calloc(FM_MODEL_PROCESSES, sizeof(*m->process));
	if (!m->owners || !m->free || !m->process) {
		fm_model_close(m);
		return -ENOMEM;
	}
	for (size_t i = 0; i < frames; i++)
		m->free[i] = (uint32_t)(frames - 1 - i);
	m->process[0].alive = 1;
	return 0;
}

void fm_model_close(struct fm_model *m)
{
	for (int i = 0; m->process && i < FM_MODEL_PROCESSES; i++)
		fm_model_exit(m, i);
	free(m->process);
	free(m->free);
	free(m->owners);
	*m = (struct fm_model){ .policy = m->policy };
}

void fm_model_forget(struct fm_model *m)
{
	m->count = (struct fm_model_count){ 0 };
	m->peak = m->used;
}

struct fm_model_process *fm_model_process(const struct fm_model *m, int number)
{
	if (number < 0 || number >= FM_MODEL_PROCESSES ||
	    !m->process[number].alive)
		return NULL;
	return &m->process[number];
}

/* The place of the first mapping that ends behind the page. */
static size_t place_of(const struct fm_model_process *p, size_t page)
{
	size_t low = 0, high = p->mappings;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct fm_model_area *is = &p->mapping[mid].is;

		if (is->first + is->pages <= page)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

struct fm_model_mapping *fm_model_find(const struct fm_model *m, int process,
				       size_t page)
{
	const struct fm_model_process *p = fm_model_process(m, process);
	size_t at = p ? place_of(p, page) : 0;

	if (!p || at == p->mappings || p->mapping[at].is.first > page)
		return NULL;
	return &p->mapping[at];
}

static int is_possible(const struct fm_model_area *is)
{
	if (!is->pages || !is->unit || is->first % is->unit ||
	    is->pages % is->unit || is->first + is->pages < is->first)
		return 0;
	if (fm_model_is_file(is) && is->unit > 1)
		return 0;
	return is->kind == FM_MODEL_PRIVATE ||
	       is->at_fork != FM_MODEL_WIPEONFORK;
}

int fm_model_furnish(struct fm_model_mapping *a, struct fm_model_object *object)
{
	a->entry = calloc(a->is.pages, sizeof(*a->entry));
	a->object = object;
	if (a->entry && a->is.kind == FM_MODEL_SHARED && !object) {
		a->object = calloc(1, sizeof(*a->object));
		if (a->object)
			a->object->entry =
				calloc(a->is.pages, sizeof(*a->entry));
		if (!a->object || !a->object->entry) {
			free(a->object);
			free(a->entry);
			return -ENOMEM;
		}
	}
	if (a->entry && a->object)
		a->object->areas++;
	return a->entry ? 0 : -ENOMEM;
}

static void drop_entries(struct fm_model *m, const struct fm_model_entry *entry,
			 size_t pages)
{
	for (size_t i = 0; i < pages; i++)
		if (fm_model_is_pooled(entry[i]))
			fm_model_drop(m, entry[i].frame);
}

void fm_model_unmap(struct fm_model *m, struct fm_model_mapping *a)
{
	drop_entries(m, a->entry, a->is.pages);
	free(a->entry);
	if (a->object && !--a->object->areas) {
		drop_entries(m, a->object->entry, a->is.pages);
		free(a->object->entry);
		free(a->object);
	}
}

int fm_model_map(struct fm_model *m, int process,
		 const struct fm_model_area *area)
{
	struct fm_model_process *p = fm_model_process(m, process);
	struct fm_model_mapping new = { .is = *area }, *grown;
	size_t at;

	if (!p || !is_possible(area))
		return -EINVAL;
	at = place_of(p, area->first);
	if (at < p->mappings &&
	    p->mapping[at].is.first < area->first + area->pages)
		return -EEXIST;
	new.is.one_entry = area->unit > 1 && (area->one_entry || area->hugetlb);
	grown = realloc(p->mapping, (p->mappings + 1) * sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	p->mapping = grown;
	if (fm_model_furnish(&new, NULL))
		return -ENOMEM;
	memmove(grown + at + 1, grown + at,
		(p->mappings - at) * sizeof(*grown));
	grown[at] = new;
	p->mappings++;
	return 0;
}

void fm_model_exec(struct fm_model *m, int process)
{
	struct fm_model_process *p = fm_model_process(m, process);

	if (!p)
		return;
	for (size_t i = 0; i < p->mappings; i++)
		fm_model_unmap(m, &p->mapping[i]);
	free(p->mapping);
	*p = (struct fm_model_process){ .alive = 1 };
}

void fm_model_exit(struct fm_model *m, int process)
{
	struct fm_model_process *p = fm_model_process(m, process);

	if (!p)
		return;
	fm_model_exec(m, process);
	p->alive = 0;
}

struct fm_model_page fm_model_look(const struct fm_model *m, int process,
				   size_t page)
{
	const struct fm_model_mapping *a = fm_model_find(m, process, page);
	struct fm_model_page is = { .mapped = a != NULL };
	struct fm_model_entry e;

	if (!a)
		return is;
	e = a->entry[page - a->is.first];
	is.present = !!(e.flags & FM_ENTRY_PRESENT);
	is.writable = !!(e.flags & FM_ENTRY_WRITABLE);
	is.cow = is.present && !is.writable;
	is.zero = !!(e.flags & FM_ENTRY_ZERO);
	is.cached = !!(e.flags & FM_ENTRY_CACHED);
	is.frame = e.frame;
	is.owners = fm_model_is_pooled(e) ? m->owners[e.frame] : 0;
	return is;
}
