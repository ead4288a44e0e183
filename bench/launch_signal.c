/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signals that end a run in order. */
#include <signal.h>
#include <stddef.h>

#include "launch.h"

static volatile sig_atomic_t caught;

static void catch (int signal)
{
	caught = signal;
}

static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

void fm_launch_release_signals(void)
{
	struct sigaction old;

	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		if (!sigaction(signals[i], NULL, &old) &&
		    old.sa_handler == catch)
			signal(signals[i], SIG_DFL);
}

void fm_launch_catch_signals(void)
{
	struct sigaction action = { .sa_handler = catch }, old;

	/* What nohup(1) or a shell's & told us to ignore stays ignored. */
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		if (!sigaction(signals[i], NULL, &old) &&
		    old.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
	/* A file that grew too large shall be an error, not our death. */
	signal(SIGXFSZ, SIG_IGN);
}

int fm_launch_signal(void)
{
	return caught;
}
