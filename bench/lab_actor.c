/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A process of the lab on Linux: does what it is told, and says what it saw. */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "lab_actor.h"
#include "pages.h"

extern const struct fm_backing fm_backing_anon;

static uint64_t minor_faults(void)
{
	struct rusage u;

	getrusage(RUSAGE_THREAD, &u);
	return (uint64_t)u.ru_minflt;
}

/* read(2) of one byte into each page: the kernel is who stores it. */
static int read_into(const struct fm_lab_actor *a, char *at, char *end,
		     size_t step, unsigned char byte)
{
	for (; at < end; at += step)
		if (write(a->bytes[1], &byte, 1) != 1 ||
		    read(a->bytes[0], at, 1) != 1)
			return -errno;
	return 0;
}

static __attribute__((noinline)) int store(const struct fm_lab_actor *a,
					   const struct fm_lab_order *order,
					   struct fm_lab_report *report)
{
	size_t page = fm_pages_base();
	char *at = a->mem.base + order->from * page;
	char *end = a->mem.base + order->to * page;
	const struct fm_touch nothing = { .base = at, .unit = 1 };
	struct fm_window window;
	uint64_t before;
	int err = 0;

	/* What else the loop writes to is ours alone after that. */
	fm_window_run(&nothing, &window, NULL);
	before = minor_faults();
	if (order->what == FM_LAB_KERNEL_WRITE)
		err = read_into(a, at, end, page, order->byte);
	else
		for (; at < end; at += page)
			*(volatile unsigned char *)at = order->byte;
	report->faults = minor_faults() - before;
	return err;
}

static void look(const struct fm_lab_actor *a, struct fm_lab_report *report)
{
	const unsigned char *must = a->views->byte[a->process];
	size_t page = fm_pages_base();
	struct fm_pages_range is;

	report->err = fm_pages_range(a->mem.base, a->mem.bytes, &is);
	report->pss_kib = is.pss / 1024;
	for (size_t i = 0; i < a->views->pages; i++)
		report->wrong +=
			must[i] &&
			(unsigned char)a->mem.base[i * page] != must[i];
}

static int reap(long pid)
{
	while (waitpid((pid_t)pid, NULL, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return 0;
}

/* The child's is another loop over other orders, further down the stack. */
static int do_fork(struct fm_lab_actor *a, int process,
		   struct fm_lab_report *report)
{
	pid_t self = getpid(), pid = fork();

	report->pid = pid;
	if (pid == 0) {
		a->process = process;
		fm_lab_actor_run(a, self);
	}
	return pid < 0 ? -errno : 0;
}

static int obey(struct fm_lab_actor *a, const struct fm_lab_order *order,
		struct fm_lab_report *report)
{
	switch (order->what) {
	case FM_LAB_FORK:
		return do_fork(a, order->child, report);
	case FM_LAB_LOOK:
		look(a, report);
		return report->err;
	case FM_LAB_REAP:
		return reap(order->pid);
	default:
		return store(a, order, report);
	}
}

/* Ends with who made us, and before that when it is already gone. */
static void bind_to(pid_t parent)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != parent)
		_exit(1);
}

void fm_lab_actor_run(struct fm_lab_actor *a, int parent)
{
	struct fm_lab_order order;

	bind_to(parent);
	while (recv(a->socket[a->process], &order, sizeof(order), 0) ==
	       sizeof(order)) {
		struct fm_lab_report report = { 0 };

		if (order.what == FM_LAB_EXIT)
			_exit(0);
		report.err = obey(a, &order, &report);
		if (send(a->socket[a->process], &report, sizeof(report),
			 MSG_NOSIGNAL) != sizeof(report))
			break;
	}
	_exit(1);
}

/* One processor, so that the kernel's charges in advance are but one's. */
static int stay_on_one_cpu(void)
{
	cpu_set_t may, one;

	if (sched_getaffinity(0, sizeof(may), &may) < 0)
		return -errno;
	CPU_ZERO(&one);
	for (int i = CPU_SETSIZE - 1; i >= 0 && !CPU_COUNT(&one); i--)
		if (CPU_ISSET(i, &may))
			CPU_SET(i, &one);
	return sched_setaffinity(0, sizeof(one), &one) < 0 ? -errno : 0;
}

void fm_lab_actor_begin(struct fm_lab_actor *a, int parent,
			const struct fm_lab_cgroup *group)
{
	struct fm_lab_report report = { .pid = getpid() };

	bind_to(parent);
	stay_on_one_cpu(); /* or less exact charges: wide enough where it fails
			    */
	report.err = group ? fm_lab_cgroup_join(group) : 0;
	if (!report.err && pipe(a->bytes) < 0)
		report.err = -errno;
	if (!report.err)
		report.err =
			fm_region_make(&a->mem, &fm_backing_anon, NULL,
				       a->views->pages * fm_pages_base(), NULL);
	if (send(a->socket[a->process], &report, sizeof(report),
		 MSG_NOSIGNAL) != sizeof(report) ||
	    report.err)
		_exit(1);
	fm_lab_actor_run(a, parent);
}
