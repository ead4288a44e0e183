/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference model's page faults: what a read and what a write brings. */
#include <errno.h>

#include "model_parts.h"

enum {
	PRESENT = FM_ENTRY_PRESENT,
	OWN = FM_ENTRY_PRESENT | FM_ENTRY_WRITABLE,
};

struct fault {
	struct fm_model *m;
	struct fm_model_mapping *a;
	size_t page; /* of the area */
	struct fm_model_entry *entry, *unit;
	int huge; /* FM_ENTRY_HUGE for an entry of the whole unit */
};

static int is_empty(const struct fm_model_entry *entry, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (entry[i].flags)
			return 0;
	return 1;
}

/* Cleared frames for n entries. */
static int clear(struct fault *f, struct fm_model_entry *first, size_t n,
		 int flags)
{
	if (fm_model_free_frames(f->m) < n)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++)
		first[i] = (struct fm_model_entry){ fm_model_take(f->m),
						    (uint8_t)flags };
	f->m->count.zero_fills += n;
	f->a->is_inherited = 1;
	return 0;
}

/* Frames of its own for n entries, with what was seen there. */
static int copy(struct fault *f, struct fm_model_entry *first, size_t n)
{
	if (fm_model_free_frames(f->m) < n)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++) {
		uint32_t frame = fm_model_take(f->m);

		if (fm_model_is_pooled(first[i]))
			fm_model_drop(f->m, first[i].frame);
		first[i].frame = frame;
		first[i].flags &= FM_ENTRY_HUGE;
		first[i].flags |= OWN;
	}
	f->m->count.copies++;
	f->m->count.copied += n;
	f->a->is_inherited = 1;
	return 0;
}

/* The unit's entry becomes one a page, with the same rights. */
static void split(struct fault *f)
{
	for (size_t i = 0; i < f->a->is.unit; i++)
		f->unit[i].flags &= (uint8_t)~FM_ENTRY_HUGE;
	f->m->count.splits++;
}

/*
 * Linux asks whether anybody else maps any part of the large folio; so one page
 * of a unit is not reused while another page of it is shared.
 */
static int can_reuse(const struct fault *f)
{
	if (!fm_model_is_pooled(*f->entry) ||
	    fm_model_is_shared(f->m, *f->entry))
		return 0;
	for (size_t i = 0; i < f->a->is.unit; i++)
		if (fm_model_is_shared(f->m, f->unit[i]))
			return 0;
	return !f->m->policy.no_reuse;
}

static int reuse_or_copy(struct fault *f, struct fm_model_entry *first,
			 size_t n)
{
	if (!can_reuse(f))
		return copy(f, first, n);
	for (size_t i = 0; i < n; i++)
		first[i].flags |= FM_ENTRY_WRITABLE;
	f->m->count.reuses++;
	return 0;
}

/* A write to what is there, but read only. */
static int write_shared(struct fault *f)
{
	int err;

	if (!(f->entry->flags & FM_ENTRY_HUGE))
		return reuse_or_copy(f, f->entry, 1);
	if (f->a->is.hugetlb || f->m->policy.huge_cow || can_reuse(f))
		return reuse_or_copy(f, f->unit, f->a->is.unit);
	err = copy(f, f->entry, 1);
	if (!err)
		split(f);
	return err;
}

static int write_zero(struct fault *f)
{
	int err;

	if (!(f->entry->flags & FM_ENTRY_HUGE))
		return clear(f, f->entry, 1, OWN);
	if (!f->m->policy.huge_zero_splits)
		return clear(f, f->unit, f->a->is.unit, OWN | FM_ENTRY_HUGE);
	err = clear(f, f->entry, 1, OWN);
	if (!err)
		split(f);
	return err;
}

/* The first touch, by a write or where reads find no zero frame. */
static int bring(struct fault *f, int flags)
{
	if (!is_empty(f->unit, f->a->is.unit))
		return clear(f, f->entry, 1, flags);
	return clear(f, f->unit, f->a->is.unit, flags | f->huge);
}

static int write_private(struct fault *f)
{
	if (f->entry->flags & FM_ENTRY_ZERO)
		return write_zero(f);
	if (f->entry->flags || f->a->is.kind == FM_MODEL_FILE_PRIVATE)
		return write_shared(f);
	return bring(f, OWN);
}

static void map_zero(struct fm_model_entry *first, size_t n, int huge)
{
	for (size_t i = 0; i < n; i++)
		first[i].flags = (uint8_t)(PRESENT | FM_ENTRY_ZERO | huge);
}

static int read_private(struct fault *f)
{
	if (f->a->is.hugetlb)
		return bring(f, PRESENT);
	if (f->m->policy.no_zero_page)
		return bring(f, OWN);
	if (!f->huge || !is_empty(f->unit, f->a->is.unit)) {
		map_zero(f->entry, 1, 0);
		return 0;
	}
	map_zero(f->unit, f->a->is.unit, f->huge);
	f->a->is_inherited = 1;
	return 0;
}

/* The pages that one read fault maps: an aligned window within the area. */
static void window(const struct fault *f, size_t *from, size_t *to)
{
	size_t n = f->m->policy.fault_around ? f->m->policy.fault_around : 1;
	size_t first = f->a->is.first, virtual = first + f->page;

	*from = virtual - virtual % n;
	*to = *from + n - first;
	*from = *from > first ? *from - first : 0;
	if (*to > f->a->is.pages)
		*to = f->a->is.pages;
}

static int read_file(struct fault *f)
{
	size_t from, to;

	for (window(f, &from, &to); from < to; from++)
		if (!f->a->entry[from].flags)
			f->a->entry[from] = (struct fm_model_entry){
				(uint32_t)from, PRESENT | FM_ENTRY_CACHED
			};
	return 0;
}

static int write_file(struct fault *f)
{
	*f->entry = (struct fm_model_entry){ (uint32_t)f->page,
					     OWN | FM_ENTRY_CACHED };
	return 0;
}

/* Entries for those of the pages that the object has. */
static void map_object(struct fault *f, size_t from, size_t to)
{
	for (; from < to; from++) {
		struct fm_model_entry e = f->a->object->entry[from];

		if (!e.flags || f->a->entry[from].flags)
			continue;
		f->a->entry[from] = e;
		f->m->owners[e.frame]++;
	}
}

/* Shared entries are writable at once, whichever access brought them. */
static int touch_object(struct fault *f, int is_write)
{
	size_t n = f->a->is.unit, first = f->page - f->page % n, from, to;
	int is_new = !f->a->object->entry[f->page].flags;
	int err = 0;

	if (is_new)
		err = clear(f, f->a->object->entry + first, n, OWN | f->huge);
	if (err)
		return err;
	if (is_new || is_write || f->huge)
		map_object(f, first, first + n);
	if (!is_write && !f->huge) {
		window(f, &from, &to);
		map_object(f, from, to);
	}
	return 0;
}

static int take_fault(struct fault *f, int is_write)
{
	if (f->a->is.kind == FM_MODEL_SHARED)
		return touch_object(f, is_write);
	if (is_write && f->a->is.kind == FM_MODEL_FILE_SHARED)
		return write_file(f);
	if (is_write)
		return write_private(f);
	if (fm_model_is_file(&f->a->is))
		return read_file(f);
	return read_private(f);
}

static int access_page(struct fm_model *m, int process, size_t page,
		       int is_write)
{
	struct fm_model_mapping *a = fm_model_find(m, process, page);
	struct fault f = { .m = m, .a = a };
	int err;

	if (!a)
		return -EFAULT;
	f.page = page - a->is.first;
	f.entry = a->entry + f.page;
	f.unit = f.entry - f.page % a->is.unit;
	f.huge = a->is.one_entry ? FM_ENTRY_HUGE : 0;
	if (f.entry->flags & (is_write ? FM_ENTRY_WRITABLE : PRESENT))
		return 0;
	err = take_fault(&f, is_write);
	m->count.faults += !err;
	return err;
}

int fm_model_read(struct fm_model *m, int process, size_t page)
{
	return access_page(m, process, page, 0);
}

int fm_model_write(struct fm_model *m, int process, size_t page)
{
	return access_page(m, process, page, 1);
}

int fm_model_kernel_write(struct fm_model *m, int process, size_t page)
{
	return access_page(m, process, page, 1);
}
