/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reference model: a small machine with frames that are counted, a pool of
 * free ones, a shared zero frame, and processes with page tables. It says how
 * many faults, copies, zero-fills and frames a scenario must take, under the
 * policy of a kernel; it is also the executable explanation of copy-on-write
 * and of zero-fill on demand. All numbers of pages are of base pages.
 */
#ifndef FM_MODEL_H
#define FM_MODEL_H

#include <stddef.h>
#include <stdint.h>

/*
 * How real systems differ. fm_model_linux is Linux 6.18, with which faults and
 * changed page frames were compared for each kind of area. There a page is
 * reused only when no other page of its unit is shared.
 */
struct fm_model_policy {
	int eager;	  /* fork copies every page at once, as xv6 does */
	int no_reuse;	  /* the last owner's write copies, too */
	int huge_cow;	  /* a write to a shared huge page copies all of it, as
			   * Linux did before 5.8; else it is split first */
	int no_zero_page; /* a first read allocates and clears a frame */
	int huge_zero_splits; /* a write to the huge zero page splits it; else
			       * it brings a whole huge page */
	int fork_shared;      /* fork copies entries of shared areas, too */
	size_t fault_around;  /* pages of a file that one read fault maps */
};
extern const struct fm_model_policy fm_model_linux, fm_model_xv6;

enum fm_model_kind {
	FM_MODEL_PRIVATE,      /* anonymous: cleared frames on demand */
	FM_MODEL_SHARED,       /* one object, that fork shares */
	FM_MODEL_FILE_PRIVATE, /* a file's frames until written; all of the
				* file is in the page cache, whose frames are
				* the file's and not of the pool; unit is 1 */
	FM_MODEL_FILE_SHARED,  /* the same, and a write goes to the file's frame
				* after the file system was told by a fault */
};

enum fm_model_at_fork {
	FM_MODEL_INHERIT,
	FM_MODEL_DONTFORK,   /* the child has no such area */
	FM_MODEL_WIPEONFORK, /* the child's is empty again */
	FM_MODEL_PINNED,     /* copied in the fork call itself */
};

struct fm_model_area {
	size_t first, pages; /* virtual pages; both multiples of unit */
	enum fm_model_kind kind;
	enum fm_model_at_fork at_fork;
	size_t unit; /* pages that a first touch brings in: 1, or a huge page */
	int one_entry; /* a unit is one page-table entry until it is split */
	int hugetlb;   /* never split: a copy copies the unit */
};

/* What happened, since fm_model_open or fm_model_forget. */
struct fm_model_count {
	uint64_t faults;
	uint64_t copies;     /* of an entry's page or pages, by faults and by
			      * fork itself */
	uint64_t copied;     /* pages that were copied */
	uint64_t zero_fills; /* pages that were cleared */
	uint64_t reuses;     /* writes by the last owner, nothing copied */
	uint64_t splits;     /* huge entries that were split */
};

enum { FM_MODEL_PROCESSES = 72 };

struct fm_model_process;
struct fm_model {
	struct fm_model_policy policy;
	struct fm_model_count count;
	size_t frames, used; /* size of the pool, and frames in use */
	size_t peak;	     /* the most in use since open or forget */
	uint32_t *owners;    /* of each frame; 0: free */
	uint32_t *free;	     /* a stack of the frames - used that are free */
	struct fm_model_process *process; /* FM_MODEL_PROCESSES of them */
};

/*
 * A machine with that many frames, and one process, number 0, without memory.
 * Returns 0 or -ENOMEM (of the real machine).
 */
int fm_model_open(struct fm_model *m, const struct fm_model_policy *policy,
		  size_t frames);
void fm_model_close(struct fm_model *m);

/* Counts from 0 again, and the peak from what is used now. */
void fm_model_forget(struct fm_model *m);

/*
 * Adds an empty area to the process. Returns 0, -EEXIST where it overlaps
 * another, -ENOMEM (of the real machine), or -EINVAL for what there cannot be:
 * no such process, parts of a unit, a file in huge pages, WIPEONFORK of what is
 * not private and anonymous.
 */
int fm_model_map(struct fm_model *m, int process,
		 const struct fm_model_area *area);

/*
 * One access to a page by the process's own instruction: 0, -EFAULT where
 * nothing is mapped, -ENOMEM where the pool has too few frames; then nothing
 * has changed, and nothing is counted. kernel_write is the same store done by
 * the kernel for the process (xv6's copyout, read(2)): it takes the same path
 * as a fault, and is counted as one.
 */
int fm_model_read(struct fm_model *m, int process, size_t page);
int fm_model_write(struct fm_model *m, int process, size_t page);
int fm_model_kernel_write(struct fm_model *m, int process, size_t page);

/*
 * Returns the child's number, -EAGAIN where there are too many processes,
 * -ENOMEM where an eager copy finds no frames, -EINVAL where there is no such
 * process: nothing has changed then.
 */
int fm_model_fork(struct fm_model *m, int process);

/* Gives all the process's memory back, and for exit the process, too. */
void fm_model_exec(struct fm_model *m, int process);
void fm_model_exit(struct fm_model *m, int process);

/* What one page of a process is at the moment, for those who show it. */
struct fm_model_page {
	int mapped;	 /* an area has it */
	int present;	 /* there is an entry */
	int writable;	 /* by a store, without a fault */
	int cow;	 /* read only until a write copies, clears or reuses */
	int zero;	 /* the zero frame */
	int cached;	 /* a frame of the file: frame is its page there */
	size_t frame;	 /* number in the pool; meaningless for zero */
	uint32_t owners; /* of the frame: entries, and the object that holds it;
			  * 0 where it is none of the pool */
};
struct fm_model_page fm_model_look(const struct fm_model *m, int process,
				   size_t page);

#endif
