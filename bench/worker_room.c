/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a worker keeps what it took, until the block is done. */
#include <errno.h>
#include <sys/mman.h>

#include "file.h"
#include "pages.h"
#include "reply.h"
#include "worker.h"

int fm_worker_make_room(struct fm_worker_room *room,
			const struct fm_worker_request *request,
			struct fm_why *why)
{
	uint64_t samples = request->samples_max + 1;
	size_t page = fm_pages_base(), of_samples, of_counts, of_timed;
	char *base;

	room->values = (uint64_t)fm_counting_values(&request->counting);
	room->intervals = request->intervals ? FM_TIMED_MAX : 0;
	of_samples = samples * sizeof(*room->samples);
	of_counts = samples * room->values * sizeof(*room->counts);
	of_timed = samples * room->intervals * sizeof(*room->timed);
	room->bytes =
		(of_samples + of_counts + of_timed + page - 1) / page * page;
	base = mmap(NULL, room->bytes, PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (base == MAP_FAILED || madvise(base, room->bytes, MADV_DONTFORK) < 0)
		return fm_fail(why, ENOMEM, "no memory for samples");
	room->samples = (void *)base;
	room->counts = (void *)(base + of_samples);
	room->timed = (void *)(base + of_samples + of_counts);
	for (uint64_t i = 0; i < samples; i++)
		fm_row_clear(&fm_sample_table, &room->samples[i]);
	return 0;
}

int fm_worker_write_room(const struct fm_worker_room *room, uint64_t n)
{
	int err =
		fm_file_write_all(1, room->samples, n * sizeof(*room->samples));

	if (!err)
		err = fm_file_write_all(1, room->counts,
					n * room->values *
						sizeof(*room->counts));
	return err ? err :
		     fm_file_write_all(1, room->timed,
				       n * room->intervals *
					       sizeof(*room->timed));
}
