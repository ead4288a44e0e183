/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The job's program and arguments as a command for the shell. */
#include <errno.h>
#include <paths.h>
#include <unistd.h>

#include "bench.h"

struct text {
	char *at, *end;
};

static void add(struct text *t, const char *from)
{
	for (; *from && t->at < t->end; from++)
		*t->at++ = *from;
}

/* Nothing is special between single quotes but the single quote. */
static void quote(struct text *t, const char *word)
{
	add(t, "'");
	for (char c[2] = { 0 }; (c[0] = *word); word++)
		add(t, *c == '\'' ? "'\\''" : c);
	add(t, "'");
}

int fm_shell_offer(struct fm_settings *settings, struct fm_why *why)
{
	(void)settings;
	/* Not system(NULL): it runs a shell, and ignores SIGINT meanwhile. */
	return access(_PATH_BSHELL, X_OK) == 0 ?
		       0 :
		       fm_fail(why, EOPNOTSUPP, "there is no shell: install %s",
			       _PATH_BSHELL);
}

int fm_job_command(const struct fm_job *job, char *command, size_t size,
		   struct fm_why *why)
{
	struct text t = { command, command + size };

	quote(&t, job->path);
	for (char *const *arg = job->argv + 1; *arg; arg++) {
		add(&t, " ");
		quote(&t, *arg);
	}
	if (t.at == t.end)
		return fm_fail(why, E2BIG, "a command of %zu bytes or more",
			       size);
	*t.at = '\0';
	return 0;
}
