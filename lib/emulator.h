/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the machine is emulated: its times are then the emulator's. */
#ifndef FM_EMULATOR_H
#define FM_EMULATOR_H

#include <stddef.h>

/* What scripts/vm puts on its guests' kernel command line, before the value. */
#define FM_EMULATOR_WORD "forkmeter.emulator="

/*
 * What that kernel command line says of it, such as "qemu neoverse-n1 icount
 * shift=1"; quotes are as the kernel has them (around the value, or around all
 * of the word). "" where it says nothing. Returns buf.
 */
const char *fm_emulator_word(const char *command_line, char *buf, size_t size);

/*
 * This machine's emulator by its kernel command line; by the processor where
 * that tells: QEMU's without a hypervisor, on x86. "" where neither does, which
 * is no proof that there is none. *source says what was looked at. Returns buf.
 */
const char *fm_emulator_here(char *buf, size_t size, const char **source);

#endif
