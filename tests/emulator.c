/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a kernel's command line says of an emulator. */
#include <string.h>

#include "emulator.h"
#include "test.h"

static int says(const char *command_line, const char *emulator)
{
	char text[64];

	return !strcmp(fm_emulator_word(command_line, text, sizeof(text)),
		       emulator);
}

int main(void)
{
	const char *source = NULL;
	char text[64], few[5];

	CHECK(says("", ""));
	CHECK(says("quiet panic=-1\n", ""));
	CHECK(says("forkmeter.emulator=qemu", "qemu"));
	CHECK(says("quiet forkmeter.emulator=qemu panic=-1\n", "qemu"));
	CHECK(says("quiet forkmeter.emulator=\"qemu max\" panic=-1\n",
		   "qemu max"));
	/* As the kernel has it where the boot loader quotes the word. */
	CHECK(says("quiet \"forkmeter.emulator=qemu max\" x\n", "qemu max"));
	CHECK(says("forkmeter.emulator=\"qemu max", "qemu max"));
	CHECK(says("forkmeter.emulator= quiet", ""));
	CHECK(says("xforkmeter.emulator=a forkmeter.emulator=b", "b"));
	CHECK(!strcmp(fm_emulator_word("forkmeter.emulator=qemu", few, 5),
		      "qemu"));
	CHECK(!strcmp(fm_emulator_word("forkmeter.emulator=other", few, 5),
		      "othe"));
	CHECK(fm_emulator_here(text, sizeof(text), &source) == text && source);
	return test_end();
}
