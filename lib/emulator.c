/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the machine is emulated: its times are then the emulator's. */
#include <stdio.h>
#include <string.h>

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

#include "emulator.h"
#include "file.h"

const char *fm_emulator_word(const char *command_line, char *buf, size_t size)
{
	const char *end = " \n", *at = command_line;

	*buf = '\0';
	while ((at = strstr(at, FM_EMULATOR_WORD))) {
		char before = at > command_line ? at[-1] : ' ';
		int starts = before == ' ' || before == '"';

		at += strlen(FM_EMULATOR_WORD);
		if (!starts)
			continue;
		if (*at == '"' || before == '"')
			end = "\"\n";
		at += *at == '"';
		snprintf(buf, size, "%.*s", (int)strcspn(at, end), at);
		break;
	}
	return buf;
}

#if defined(__x86_64__) || defined(__i386__)
/* The hypervisors' leaf: QEMU's TCG (tiny code generator) names itself there
 * unless it was started with -cpu ...,tcg-cpuid=off. */
static int is_tcg(void)
{
	unsigned int eax, ebx, ecx, edx, name[3];

	if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(ecx & 1u << 31))
		return 0;
	__cpuid(0x40000000, eax, name[0], name[1], name[2]);
	return !memcmp(name, "TCGTCGTCGTCG", sizeof(name));
}
#else
static int is_tcg(void)
{
	return 0;
}
#endif

const char *fm_emulator_here(char *buf, size_t size, const char **source)
{
	char text[4096];

	*source = "/proc/cmdline, " FM_EMULATOR_WORD;
	*buf = '\0';
	if (fm_file_read("/proc/cmdline", text, sizeof(text)) >= 0 &&
	    *fm_emulator_word(text, buf, size))
		return buf;
	if (is_tcg()) {
		*source = "cpuid, leaf 0x40000000";
		snprintf(buf, size, "qemu");
	}
	return buf;
}
