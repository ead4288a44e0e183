/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the model is made of, for its own files alone. */
#ifndef FM_MODEL_PARTS_H
#define FM_MODEL_PARTS_H

#include "model.h"

enum {
	FM_ENTRY_PRESENT = 1,
	FM_ENTRY_WRITABLE = 2,
	FM_ENTRY_ZERO = 4,   /* the zero frame */
	FM_ENTRY_CACHED = 8, /* the file's own frame */
	FM_ENTRY_HUGE = 16,  /* one entry with the other pages of its unit */
};

struct fm_model_entry {
	uint32_t frame;
	uint8_t flags; /* 0: absent */
};

/* The memory of a SHARED area, whichever processes map it. */
struct fm_model_object {
	size_t areas; /* that map it */
	struct fm_model_entry *entry;
};

struct fm_model_mapping {
	struct fm_model_area is;
	struct fm_model_entry *entry;
	struct fm_model_object *object; /* of SHARED, else NULL */
	/*
	 * Fork copies entries only of an area that has had frames of its own,
	 * or the huge zero page: what else is there the child finds again by
	 * itself (Linux's vma_needs_copy).
	 */
	int is_inherited;
};

struct fm_model_process {
	int alive;
	struct fm_model_mapping *mapping; /* ascending */
	size_t mappings;
};

/* The living process of that number, or NULL. */
struct fm_model_process *fm_model_process(const struct fm_model *m, int number);

/* The mapping that has the page, or NULL. */
struct fm_model_mapping *fm_model_find(const struct fm_model *m, int process,
				       size_t page);

/*
 * Gives a new mapping its entries, all absent, and a SHARED one its object, a
 * new one where that is NULL. Returns 0 or -ENOMEM (of the real machine).
 */
int fm_model_furnish(struct fm_model_mapping *a,
		     struct fm_model_object *object);
/* Undoes that, and gives the frames back. */
void fm_model_unmap(struct fm_model *m, struct fm_model_mapping *a);

static inline int fm_model_is_file(const struct fm_model_area *is)
{
	return is->kind == FM_MODEL_FILE_PRIVATE ||
	       is->kind == FM_MODEL_FILE_SHARED;
}

static inline size_t fm_model_free_frames(const struct fm_model *m)
{
	return m->frames - m->used;
}

/* A free frame, of which there must be one; now it has one owner. */
static inline uint32_t fm_model_take(struct fm_model *m)
{
	uint32_t frame = m->free[fm_model_free_frames(m) - 1];

	m->owners[frame] = 1;
	if (++m->used > m->peak)
		m->peak = m->used;
	return frame;
}

/* One owner less; a frame that has none is free. */
static inline void fm_model_drop(struct fm_model *m, uint32_t frame)
{
	if (!--m->owners[frame]) {
		m->used--;
		m->free[fm_model_free_frames(m) - 1] = frame;
	}
}

/* Whether the entry's frame is one of the pool. */
static inline int fm_model_is_pooled(struct fm_model_entry e)
{
	return (e.flags & FM_ENTRY_PRESENT) &&
	       !(e.flags & (FM_ENTRY_ZERO | FM_ENTRY_CACHED));
}

static inline int fm_model_is_shared(const struct fm_model *m,
				     struct fm_model_entry e)
{
	return fm_model_is_pooled(e) && m->owners[e.frame] > 1;
}

#endif
