/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference model's fork: what the child shares, and what is copied. */
#include <errno.h>
#include <stdlib.h>

#include "model_parts.h"

static int is_copied(const struct fm_model *m, const struct fm_model_area *is)
{
	return is->kind != FM_MODEL_SHARED &&
	       is->kind != FM_MODEL_FILE_SHARED &&
	       (is->at_fork == FM_MODEL_PINNED ||
		(is->at_fork == FM_MODEL_INHERIT && m->policy.eager));
}

static size_t frames_needed(const struct fm_model *m,
			    const struct fm_model_process *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->mappings; i++) {
		const struct fm_model_mapping *a = &p->mapping[i];

		if (!is_copied(m, &a->is) || !a->is_inherited)
			continue;
		for (size_t k = 0; k < a->is.pages; k++)
			n += (size_t)fm_model_is_pooled(a->entry[k]);
	}
	return n;
}

/* Child and parent see the same frames; keep are the flags that stay. */
static void share(struct fm_model *m, const struct fm_model_mapping *a,
		  struct fm_model_mapping *child, int keep)
{
	for (size_t i = 0; i < a->is.pages; i++) {
		a->entry[i].flags &= (uint8_t)keep;
		child->entry[i] = a->entry[i];
		if (fm_model_is_pooled(a->entry[i]))
			m->owners[a->entry[i].frame]++;
	}
}

/* Linux copies pinned memory by base pages, hugetlb's excepted. */
static int splits_first(const struct fm_model *m,
			const struct fm_model_mapping *a, size_t i)
{
	return !m->policy.eager && !a->is.hugetlb &&
	       (a->entry[i].flags & FM_ENTRY_HUGE) &&
	       fm_model_is_pooled(a->entry[i]);
}

/* The child gets frames of its own; there are enough. */
static void copy(struct fm_model *m, const struct fm_model_mapping *a,
		 struct fm_model_mapping *child)
{
	size_t n;

	for (size_t i = 0; i < a->is.pages; i += n) {
		struct fm_model_entry *e = a->entry + i;
		int is_pooled = fm_model_is_pooled(*e);

		if (splits_first(m, a, i)) {
			for (size_t k = 0; k < a->is.unit; k++)
				e[k].flags &= (uint8_t)~FM_ENTRY_HUGE;
			m->count.splits++;
		}
		n = e->flags & FM_ENTRY_HUGE ? a->is.unit : 1;
		for (size_t k = 0; k < n; k++) {
			child->entry[i + k] = e[k];
			if (!is_pooled)
				continue;
			child->entry[i + k].frame = fm_model_take(m);
			child->entry[i + k].flags |= FM_ENTRY_WRITABLE;
		}
		m->count.copies += (uint64_t)is_pooled;
		m->count.copied += is_pooled ? n : 0;
	}
}

static void inherit(struct fm_model *m, const struct fm_model_mapping *a,
		    struct fm_model_mapping *child)
{
	if (a->is.kind == FM_MODEL_SHARED) {
		if (m->policy.fork_shared)
			share(m, a, child, ~0);
		return;
	}
	if (a->is.at_fork == FM_MODEL_WIPEONFORK || !a->is_inherited)
		return;
	child->is_inherited = 1;
	if (is_copied(m, &a->is))
		copy(m, a, child);
	else
		share(m, a, child, ~FM_ENTRY_WRITABLE);
}

static int find_place(const struct fm_model *m)
{
	for (int i = 0; i < FM_MODEL_PROCESSES; i++)
		if (!m->process[i].alive)
			return i;
	return -EAGAIN;
}

/* The child's mappings, still empty. Returns 0 or -ENOMEM. */
static int furnish(struct fm_model *m, const struct fm_model_process *p,
		   int child)
{
	struct fm_model_process *c = &m->process[child];

	*c = (struct fm_model_process){ .alive = 1 };
	c->mapping = calloc(p->mappings + 1, sizeof(*c->mapping));
	for (size_t i = 0; c->mapping && i < p->mappings; i++) {
		struct fm_model_mapping *a = &p->mapping[i];
		struct fm_model_mapping new = { .is = a->is };

		if (a->is.at_fork == FM_MODEL_DONTFORK)
			continue;
		if (fm_model_furnish(&new, a->object)) {
			fm_model_exit(m, child);
			return -ENOMEM;
		}
		c->mapping[c->mappings++] = new;
	}
	c->alive = c->mapping != NULL;
	return c->mapping ? 0 : -ENOMEM;
}

int fm_model_fork(struct fm_model *m, int process)
{
	const struct fm_model_process *p = fm_model_process(m, process);
	struct fm_model_mapping *to;
	int child, err;

	if (!p)
		return -EINVAL;
	child = find_place(m);
	if (child < 0)
		return child;
	if (frames_needed(m, p) > fm_model_free_frames(m))
		return -ENOMEM;
	err = furnish(m, p, child);
	if (err)
		return err;
	to = m->process[child].mapping;
	for (size_t i = 0; i < p->mappings; i++)
		if (p->mapping[i].is.at_fork != FM_MODEL_DONTFORK)
			inherit(m, &p->mapping[i], to++);
	return child;
}
