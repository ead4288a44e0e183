/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clone3_vm - clone_vm by clone3(2). The call returns twice on two stacks, of
 * which the new one is empty: nothing written in C can return there, so what
 * the child does first is assembly.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>

#include "bench.h"
#include "clone3.h"

#if defined(__x86_64__) || defined(__aarch64__) || defined(__riscv)
#define OFFER fm_clone3_offer
#else
#define OFFER offer
static int offer(struct fm_settings *settings, struct fm_why *why)
{
	(void)settings;
	return fm_fail(why, ENOSYS,
		       "written for x86-64, arm64 and riscv64; clone_vm does "
		       "the same by clone(2)");
}
#endif

/* A pid or -errno. In the child run(job) is called, which never returns. */
static long enter(const struct fm_clone3 *args,
		  void (*run)(const struct fm_job *), const struct fm_job *job)
{
#if defined(__x86_64__)
	long pid;

	/* run and job have registers of their own: rbp is cleared. */
	__asm__ volatile("syscall\n\t"
			 "test %%rax, %%rax\n\t"
			 "jnz 1f\n\t"
			 "xor %%ebp, %%ebp\n\t"
			 "mov %[job], %%rdi\n\t"
			 "call *%[run]\n\t"
			 "hlt\n"
			 "1:"
			 : "=a"(pid)
			 : "0"((long)SYS_clone3), "D"(args),
			   "S"(sizeof(*args)), [run] "d"(run), [job] "b"(job)
			 : "rcx", "r11", "memory", "cc");
	return pid;
#elif defined(__aarch64__)
	register long x8 __asm__("x8") = SYS_clone3;
	register long x0 __asm__("x0") = (long)args;
	register long x1 __asm__("x1") = sizeof(*args);

	__asm__ volatile("svc 0\n\t"
			 "cbnz x0, 1f\n\t"
			 "mov x29, xzr\n\t"
			 "mov x0, %[job]\n\t"
			 "blr %[run]\n\t"
			 "brk 0\n"
			 "1:"
			 : "+r"(x0)
			 : "r"(x8), "r"(x1), [run] "r"(run), [job] "r"(job)
			 : "memory", "cc");
	return x0;
#elif defined(__riscv)
	register long a7 __asm__("a7") = SYS_clone3;
	register long a0 __asm__("a0") = (long)args;
	register long a1 __asm__("a1") = sizeof(*args);

	__asm__ volatile("ecall\n\t"
			 "bnez a0, 1f\n\t"
			 "mv a0, %[job]\n\t"
			 "jalr %[run]\n\t"
			 "ebreak\n"
			 "1:"
			 : "+r"(a0)
			 : "r"(a7), "r"(a1), [run] "r"(run), [job] "r"(job)
			 : "memory");
	return a0;
#else
	(void)args, (void)run, (void)job;
	return -ENOSYS;
#endif
}

static _Alignas(64) char stack[16 * 1024];

static pid_t spawn(const struct fm_job *job)
{
	const struct fm_clone3 args = {
		.flags = CLONE_VM | CLONE_VFORK,
		.exit_signal = SIGCHLD,
		.stack = (uintptr_t)stack,
		.stack_size = sizeof(stack),
	};

	return (pid_t)enter(&args, job->child, job);
}

const struct fm_strategy fm_strategy_clone3_vm = {
	.summary = "clone3(2) with CLONE_VM|CLONE_VFORK and its own stack",
	.caps = FM_RUNS_CODE | FM_RETURNS_LATE,
	.offer = OFFER,
	.spawn = spawn,
};
