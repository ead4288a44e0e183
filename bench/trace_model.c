/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter trace: the same steps in the reference model. */
#include <errno.h>

#include "model.h"
#include "trace.h"

/* Frames that are not of the pool, told apart from those that are. */
#define ZERO_FRAME (UINT64_C(1) << 40)
#define FILE_FRAME(page) (UINT64_C(1) << 41 | (uint64_t)(page))

static void look(const struct fm_model *m, struct fm_trace_view *view,
		 int (*writable)[FM_TRACE_PAGES])
{
	for (int i = 0; i < FM_TRACE_BOTH * FM_TRACE_PAGES; i++) {
		int who = i / FM_TRACE_PAGES, page = i % FM_TRACE_PAGES;
		struct fm_model_page is = fm_model_look(m, who, (size_t)page);

		view->there[who] = is.mapped;
		writable[who][page] = is.writable;
		view->page[who][page] = (struct fm_trace_seen){
			.present = is.present,
			.file = is.cached,
			.zero = is.zero,
			.alone = is.owners == 1,
			.frame = is.zero   ? ZERO_FRAME :
				 is.cached ? FILE_FRAME(page) :
					     is.frame,
		};
	}
}

int fm_trace_model_begin(struct fm_model *m, struct fm_trace_view *view)
{
	enum { FRAMES = 64 };
	int writable[FM_TRACE_BOTH][FM_TRACE_PAGES];
	int err = fm_model_open(m, &fm_model_linux, FRAMES);

	for (int page = 0; !err && page < FM_TRACE_PAGES; page++) {
		struct fm_model_area area = {
			.first = (size_t)page,
			.pages = 1,
			.unit = 1,
			.kind = page == FM_TRACE_V || page == FM_TRACE_Z ?
					FM_MODEL_FILE_PRIVATE :
					FM_MODEL_PRIVATE,
		};

		err = fm_model_map(m, FM_TRACE_A, &area);
	}
	if (!err) /* A runs */
		err = fm_model_read(m, FM_TRACE_A, FM_TRACE_V);
	*view = (struct fm_trace_view){ 0 };
	look(m, view, writable);
	return err;
}

static int act(struct fm_model *m, const struct fm_trace_touch *touch)
{
	size_t page = touch->command.page;
	int child;

	switch (touch->command.act) {
	case FM_TRACE_READ:
		return fm_model_read(m, touch->who, page);
	case FM_TRACE_WRITE:
		return fm_model_write(m, touch->who, page);
	case FM_TRACE_KERNEL_WRITE:
		return fm_model_kernel_write(m, touch->who, page);
	case FM_TRACE_FORK:
		child = fm_model_fork(m, touch->who);
		if (child != FM_TRACE_B)
			return child < 0 ? child : -EPROTO;
		/* B runs, too. */
		return fm_model_read(m, child, FM_TRACE_V);
	case FM_TRACE_EXIT:
		fm_model_exit(m, touch->who);
		return 0;
	default:
		return -EINVAL;
	}
}

int64_t fm_trace_model_do(struct fm_model *m,
			  const struct fm_trace_touch *touch,
			  struct fm_trace_view *view,
			  int (*writable)[FM_TRACE_PAGES])
{
	int err;

	fm_model_forget(m);
	err = act(m, touch);
	look(m, view, writable);
	return err ? err : (int64_t)m->count.faults;
}
