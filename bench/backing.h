/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What memory is: kinds of it, and regions of a kind. */
#ifndef FM_BACKING_H
#define FM_BACKING_H

#include <stddef.h>
#include <stdint.h>

#include "model.h"
#include "param.h"
#include "record.h"
#include "setting.h"

/* Who brings the parent's memory in, and how. */
enum fm_fill {
	FM_FILL_WRITE, /* one byte a base page */
	FM_FILL_READ,
	FM_FILL_NOTHING,
	FM_FILL_MERGE, /* written; the kernel merges it when it gets to it */
};

/* What memory of a backing is to fork and to a fault, as the model sees it. */
struct fm_area {
	struct fm_model_area model; /* unit: base pages of a first touch */
	enum fm_fill fill;
};

struct fm_backing;

/* Memory of one kind. bytes 0 and base NULL for backing `none`. */
struct fm_region {
	const struct fm_backing *backing;
	const struct fm_plan_row *point;
	struct fm_area area;
	char *base;
	size_t bytes;
	size_t touch_bytes; /* what one first touch brings in */
};

struct fm_backing {
	const char *summary;
	const struct fm_param *params; /* ended by a NULL name; or NULL */
	/*
	 * Whether this machine has it for this point: 0, or -errno with what a
	 * person can do about it; -ENODEV where nothing would help, so that
	 * "all" values of a parameter do not mean this one. Adds what must be
	 * set while it is measured. NULL: always.
	 */
	int (*offer)(const struct fm_plan_row *point,
		     struct fm_settings *settings, struct fm_why *why);
	/*
	 * What differs from written private base pages, which is what area
	 * holds; unit 0: no memory. NULL: nothing differs.
	 */
	void (*area)(const struct fm_plan_row *point, struct fm_area *area);
	/* Sets base; nothing is resident yet. 0 or -errno. */
	int (*map)(struct fm_region *region, struct fm_why *why);
	/* The populated region is what the name says: 0 or -errno. */
	int (*prove)(const struct fm_region *region, struct fm_why *why);
};

/* What the backing says of the point; unit 0 where it has no memory. */
struct fm_area fm_area_of(const struct fm_backing *backing,
			  const struct fm_plan_row *point);

/* Bytes must be a multiple of it; 0: no memory. */
size_t fm_area_unit_bytes(const struct fm_area *area);

/* A region of the point's backing and parameters, bytes long. */
int fm_region_make(struct fm_region *region, const struct fm_backing *backing,
		   const struct fm_plan_row *point, size_t bytes,
		   struct fm_why *why);
void fm_region_populate(const struct fm_region *region);
int fm_region_prove(const struct fm_region *region, struct fm_why *why);
void fm_region_drop(struct fm_region *region);

/*
 * From here on fm_region_prove also proves that what memory a region has is on
 * that NUMA node (-1: does not, as at first). Where the kernel does not tell,
 * that is an error if it was asked for, and else not proved.
 */
void fm_region_expect_node(int node, int is_asked_for);
int fm_region_expected_node(void);
/* That node once memory was proved to be there; else FM_ABSENT. */
uint64_t fm_region_proved_node(void);
/* That proof alone: 0 or -errno. */
int fm_region_prove_node(const struct fm_region *region, struct fm_why *why);

/* Base pages of it that are mapped here and nowhere else; FM_ABSENT: unknown.
 */
uint64_t fm_region_private_pages(const struct fm_region *region);

/*
 * Private anonymous memory at a multiple of align, which is made with extra
 * flags and advised as given (MADV_NORMAL: not at all), for map of a backing.
 * Sets base. Returns 0 or -errno.
 */
int fm_region_map_anonymous(struct fm_region *region, size_t align, int flags,
			    int advice, struct fm_why *why);

/*
 * The same of a file, for which flags says MAP_SHARED or MAP_PRIVATE; aligned
 * for huge pages, and for what one read fault maps. fd is closed in any case; a
 * negative one is the -errno of who should have opened it.
 */
int fm_region_map_file(struct fm_region *region, int flags, int advice, int fd,
		       struct fm_why *why);

/* madvise(2) for all of it. What the kernel does not know is -EOPNOTSUPP. */
int fm_region_advise(const struct fm_region *region, int advice,
		     struct fm_why *why);

/* What smaps says, all mappings of which must have the flags: 0 or -errno. */
struct fm_pages_range;
int fm_region_look(const struct fm_region *region, unsigned int flags,
		   struct fm_pages_range *is, struct fm_why *why);

/* The same, and proves that it is private memory in base pages. */
int fm_region_look_base_pages(const struct fm_region *region,
			      unsigned int flags, struct fm_pages_range *is,
			      struct fm_why *why);

/* The proof of populated private memory in base pages, and nothing more. */
int fm_region_prove_base_pages(const struct fm_region *region,
			       struct fm_why *why);

/* That of a file's own base pages, no other, mapped with exactly that flag. */
int fm_region_prove_file(const struct fm_region *region, unsigned int flags,
			 struct fm_why *why);

/* That of memory that was only read: the zero page, base or huge. */
int fm_region_prove_zero(const struct fm_region *region, int huge,
			 struct fm_why *why);

/*
 * Files of so many bytes: a memfd, which is filled or empty, and one without a
 * name on a disk, all of which is in the page cache. Returns the descriptor or
 * -errno.
 */
int fm_open_memfd(size_t bytes, int filled, struct fm_why *why);
int fm_open_file(size_t bytes, struct fm_why *why);
/* The offer of backings that need the latter. */
int fm_file_offer(const struct fm_plan_row *point, struct fm_settings *settings,
		  struct fm_why *why);

/* The point's value of the parameter `page`, in bytes; its first by default. */
size_t fm_page_bytes(const struct fm_plan_row *point,
		     const struct fm_param *param);

/*
 * Wishes that huge pages of so many bytes are given to those who ask by
 * madvise: file is "enabled" (value "madvise") or "shmem_enabled" ("advise").
 * Returns as fm_settings_want.
 */
int fm_huge_want(struct fm_settings *settings, size_t bytes, const char *file,
		 const char *value, struct fm_why *why);

#endif
