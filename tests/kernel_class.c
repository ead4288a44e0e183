/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of kernel functions: no name twice, and each is found. */
#include <string.h>

#include "kallsyms.h"
#include "kernel_class.h"
#include "test.h"

static const char *class_of(const char *function)
{
	size_t i = fm_kernel_class_find(function);

	return i == SIZE_MAX ? "" : fm_kernel_classes[i].name;
}

static int is(const char *function, const char *want)
{
	const char *have = class_of(function);

	if (!strcmp(have, want))
		return 1;
	printf("%s: \"%s\", not \"%s\"\n", function, have, want);
	return 0;
}

static const char *fixed(enum fm_kernel_class_fixed which)
{
	return fm_kernel_classes[fm_kernel_class_fixed(which)].name;
}

static void known(void)
{
	CHECK(is("copy_page_range", "page-table copy"));
	CHECK(is("copy_pte_range.isra.0", "page-table copy"));
	CHECK(is("copy_page", "page copy"));
	CHECK(is("copy_mc_enhanced_fast_string", "page copy"));
	CHECK(is("clear_page_erms", "zeroing"));
	CHECK(is("dup_mmap", "VMA copy"));
	CHECK(is("vm_area_dup", "VMA copy"));
	CHECK(is("native_flush_tlb_one_user", "TLB flush"));
	CHECK(is("folio_add_new_anon_rmap", "accounting"));
	CHECK(is("folio_remove_rmap_ptes", "accounting"));
	CHECK(is("__mem_cgroup_charge", "accounting"));
	CHECK(is("zap_pte_range.constprop.0", "freeing"));
	CHECK(is("unmap_page_range.cold", "freeing"));
	CHECK(is("do_wp_page", "fault"));
	CHECK(is("finish_task_switch.isra.0", "scheduling"));
	CHECK(is("pv_native_safe_halt", "idle"));
	CHECK(is("entry_SYSCALL_64_after_hwframe", "entry"));
	CHECK(is("tick_nohz_idle_exit", "scheduling"));
	CHECK(is("tick_periodic", "interrupts"));
	/* Helpers work at what their callers work at. */
	CHECK(is("_raw_spin_lock", "") && is("memcpy", ""));
	CHECK(is("copy_page_rangex", "") && is("", "") && is("xcopy_page", ""));
	CHECK(!strcmp(fixed(FM_CLASS_OTHER), "other"));
	CHECK(!strcmp(fixed(FM_CLASS_USER), "user mode"));
}

/* How often an element, with the commas around it, stands in all lists. */
static int times(const char *element, size_t n)
{
	int found = 0;

	for (size_t c = 0; fm_kernel_classes[c].name; c++) {
		const char *at = fm_kernel_classes[c].functions;

		for (size_t k; at && *at; at += k + (at[k] == ',')) {
			k = strcspn(at, ",");
			found += k == n && !strncmp(at, element, n);
		}
	}
	return found;
}

/* Each element is a name, stands once, and no other takes its names. */
static void elements(void)
{
	for (size_t c = 0; fm_kernel_classes[c].name; c++) {
		const char *at = fm_kernel_classes[c].functions;
		size_t n;

		for (; at && *at; at += n + (at[n] == ',')) {
			char name[64];
			int good;

			n = strcspn(at, ",");
			snprintf(name, sizeof(name), "%.*s", (int)n, at);
			good = n > 2 && n < sizeof(name) &&
			       strspn(name, "abcdefghijklmnopqrstuvwxyz_"
					    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					    "0123456789*") == n &&
			       times(at, n) == 1;
			while (strchr(name, '*'))
				*strchr(name, '*') = 'Q';
			if (!good || !is(name, fm_kernel_classes[c].name))
				printf("in %s: %.*s\n",
				       fm_kernel_classes[c].name, (int)n, at);
			CHECK(good && is(name, fm_kernel_classes[c].name));
		}
	}
}

/* For who reads the log: what of it this kernel has. */
static void here(void)
{
	struct fm_kallsyms k;
	size_t count[64] = { 0 };

	if (!fm_kallsyms_read(&k, "/proc/kallsyms", NULL))
		for (size_t i = 0; i < k.n; i++) {
			size_t c =
				k.symbol[i].is_text ?
					fm_kernel_class_find(k.symbol[i].name) :
					SIZE_MAX;

			if (c < 64)
				count[c]++;
		}
	for (size_t c = 0; fm_kernel_classes[c].name; c++)
		printf("%s: %zu functions of this kernel\n",
		       fm_kernel_classes[c].name, count[c]);
	fm_kallsyms_free(&k);
}

int main(void)
{
	known();
	elements();
	here();
	return test_end();
}
