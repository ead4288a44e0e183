/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes into a sample beside its interval: faults, switches, marks. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "bench.h"
#include "reply.h"

void fm_sample_mark(struct fm_sample *s, const char *fmt, ...)
{
	size_t n = strlen(s->marks);
	va_list ap;

	if (n && n + 1 < sizeof(s->marks))
		s->marks[n++] = ',';
	va_start(ap, fmt);
	vsnprintf(s->marks + n, sizeof(s->marks) - n, fmt, ap);
	va_end(ap);
	for (char *c = s->marks + n; *c; c++) /* a mark is one element */
		if (*c == ',')
			*c = ';';
}

void fm_block_timed(const struct fm_block *b, uint64_t from_ns, uint64_t to_ns)
{
	for (int i = 0; b->timed && from_ns && i < FM_TIMED_MAX; i++)
		if (!b->timed[i].from_ns) {
			b->timed[i] = (struct fm_timed){ from_ns, to_ns };
			return;
		}
}

void fm_sample_from_window(struct fm_sample *s, const struct fm_window *w,
			   struct fm_block *b)
{
	b->call.window = w->counts;
	fm_block_timed(b, w->from_ns, w->from_ns + w->ns);
	s->batch_ns = w->ns;
	s->minflt = w->minflt;
	s->minflt_expected = b->point->model_faults;
	s->ops = b->touch.count ? b->touch.count : 1; /* empty, as null's */
	if (s->minflt_expected && s->minflt_expected != FM_ABSENT)
		s->ops = s->minflt_expected;
	s->nivcsw = w->nivcsw;
	if (w->nivcsw)
		fm_sample_mark(s, "preempted");
}

void fm_sample_from_call(struct fm_sample *s, const struct fm_call *call)
{
	s->minflt = (uint64_t)(call->after.ru_minflt - call->before.ru_minflt);
	s->nivcsw = (uint64_t)(call->after.ru_nivcsw - call->before.ru_nivcsw);
	if (s->nivcsw)
		fm_sample_mark(s, "preempted");
	if (call->cpu_before != call->cpu_after)
		fm_sample_mark(s, "migrated");
}

void fm_sample_reaped(struct fm_sample *s, int status, const struct rusage *ru)
{
	s->child_minflt = (uint64_t)ru->ru_minflt;
	if (WIFSIGNALED(status))
		fm_sample_mark(s, "failed:child killed by signal %d",
			       WTERMSIG(status));
	else if (WEXITSTATUS(status) != FM_CHILD_STATUS)
		fm_sample_mark(s, "failed:child ended with %d",
			       WEXITSTATUS(status));
}
