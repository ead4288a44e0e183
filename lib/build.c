/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a program was built, for the record. */
#include "config.h"

#include <features.h>
#include <stddef.h>

#include "build.h"

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

#if defined(__GLIBC__)
#define LIBC "glibc " TEXT(__GLIBC__) "." TEXT(__GLIBC_MINOR__)
#else
#define LIBC "not glibc"
#endif
#if defined(__clang__)
#define COMPILER __VERSION__ /* names itself */
#else
#define COMPILER "gcc " __VERSION__
#endif

const struct fm_build fm_builds[] = {
	{ "forkmeter", PACKAGE_VERSION, "configure" },
	{ "libc", LIBC, "compile time" },
	{ "compiler", COMPILER, "compile time" },
	{ "compiler_flags", FM_COMPILER_FLAGS, "configure" },
	{ "worker_linkage", FM_WORKER_LINKAGE, "configure" },
	{ 0 },
};
