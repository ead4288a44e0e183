/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter trace: what was done to a page, told by how it looks. */
#include "trace.h"

int fm_trace_is_shared(const struct fm_trace_view *view,
		       enum fm_trace_page page)
{
	const struct fm_trace_seen *a = &view->page[FM_TRACE_A][page];
	const struct fm_trace_seen *b = &view->page[FM_TRACE_B][page];

	return a->present && b->present && a->frame == b->frame;
}

static const char *came(const struct fm_trace_seen *is, enum fm_trace_page page)
{
	if (is->zero)
		return "zero page";
	if (is->file)
		return "map";
	/* A frame of its own where the mapping is of a file: its content. */
	return page == FM_TRACE_V || page == FM_TRACE_Z ? "copy" : "zero-fill";
}

const char *fm_trace_did(const struct fm_trace_view *before,
			 const struct fm_trace_view *now, int who,
			 enum fm_trace_page page, uint64_t faults)
{
	const struct fm_trace_seen *was = &before->page[who][page];
	const struct fm_trace_seen *is = &now->page[who][page];

	if (!is->present && (!was->present || !before->there[who]))
		return "";
	if (!is->present)
		return now->there[who] ? "lost" : was->alone ? "free" : "unmap";
	if (fm_trace_is_shared(now, page) && !fm_trace_is_shared(before, page))
		return "share";
	if (!was->present)
		return came(is, page);
	if (is->unsure)
		return "unclear";
	if (was->frame == is->frame)
		return faults ? "reuse" : "";
	if (was->zero)
		return "zero-fill";
	return faults ? "copy" : "move";
}
