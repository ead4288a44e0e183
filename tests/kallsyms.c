/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses to functions, in lists whose every answer is known. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "kallsyms.h"
#include "test.h"

static int read_text(struct fm_kallsyms *k, const char *text,
		     struct fm_why *why)
{
	char path[] = "/tmp/forkmeter-kallsyms-XXXXXX";
	int fd = mkstemp(path), err;

	if (fd < 0)
		return -errno;
	err = fm_file_write_all(fd, text, strlen(text));
	close(fd);
	if (!err)
		err = fm_kallsyms_read(k, path, why);
	unlink(path);
	return err;
}

static int is(const struct fm_kallsyms *k, uint64_t address, const char *name)
{
	const struct fm_kallsym *s = fm_kallsyms_find(k, address);

	if (s && name && !strcmp(s->name, name))
		return 1;
	if (!s && !name)
		return 1;
	printf("%llx is %s, not %s\n", (unsigned long long)address,
	       s ? s->name : "nothing", name ? name : "nothing");
	return 0;
}

/* Out of order, with aliases, marks of padding, data, and modules. */
static void lookup(void)
{
	struct fm_kallsyms k;
	struct fm_why why = { "" };
	int err = read_text(&k,
			    "ffffffff81000200 T copy_page\n"
			    "ffffffff81000000 T _stext\n"
			    "ffffffff81000000 T startup\n"
			    "ffffffff810001f0 t __pfx_copy_page\n"
			    "ffffffff81000100 t __do_it\n"
			    "ffffffff81000100 t do_it_long\n"
			    "ffffffff81000100 t do_it\n"
			    "ffffffff81000100 W __weak_do_it\n"
			    "ffffffff81000300 W a_weak\n"
			    "ffffffff81000300 T __global\n"
			    "ffffffff81000400 D data\n"
			    "ffffffffc0000000 t helper\t[xfs]\n"
			    "0000000000001000 A per_cpu\n",
			    &why);

	CHECK(!err);
	CHECK(is(&k, 0xffffffff81000000, "startup"));
	CHECK(is(&k, 0xffffffff810000ff, "startup"));
	CHECK(is(&k, 0xffffffff81000100, "do_it"));
	CHECK(is(&k, 0xffffffff810001ff, "do_it"));
	CHECK(is(&k, 0xffffffff81000200, "copy_page"));
	CHECK(is(&k, 0xffffffff81000300, "__global"));
	CHECK(is(&k, 0xffffffff81000400, NULL));
	CHECK(is(&k, 0xffffffffbfffffff, NULL));
	CHECK(is(&k, 0xffffffffc0000010, "helper"));
	CHECK(is(&k, UINT64_MAX, "helper"));
	CHECK(is(&k, 0xfff, NULL) && is(&k, 0x1000, NULL));
	CHECK(!strcmp(fm_kallsyms_find(&k, 0xffffffffc0000000)->module, "xfs"));
	CHECK(!*fm_kallsyms_find(&k, 0xffffffff81000200)->module);
	fm_kallsyms_free(&k);
}

static void refusals(void)
{
	struct fm_kallsyms k;
	struct fm_why why = { "" };

	CHECK(read_text(&k,
			"0000000000000000 T _stext\n"
			"0000000000000000 t do_it\t[xfs]\n",
			&why) == -EPERM);
	CHECK(strstr(why.text, "kernel.kptr_restrict=0"));
	CHECK(strstr(why.text, "CAP_SYSLOG"));
	fm_kallsyms_free(&k);
	CHECK(read_text(&k, "", &why) == -EPERM);
	fm_kallsyms_free(&k);
	CHECK(read_text(&k, "ffffffff81000000 T a\nwhat is this\n", &why) ==
	      -EBADMSG);
	CHECK(strstr(why.text, "line 2"));
	fm_kallsyms_free(&k);
	CHECK(fm_kallsyms_read(&k, "/nonexistent/kallsyms", &why) == -ENOENT);
	CHECK(strstr(why.text, "CONFIG_KALLSYMS"));
	fm_kallsyms_free(&k);
}

/* This machine's own, where it shows them. */
static void ours(void)
{
	struct fm_kallsyms k;
	struct fm_why why = { "" };

	if (fm_kallsyms_read(&k, "/proc/kallsyms", &why)) {
		printf("skip this kernel's: %s\n", why.text);
		fm_kallsyms_free(&k);
		return;
	}
	CHECK(k.n > 1000);
	for (size_t i = 1; i < k.n; i++)
		if (k.symbol[i - 1].address >= k.symbol[i].address) {
			CHECK(!"in order");
			break;
		}
	for (size_t i = 0; i < k.n; i += k.n / 64)
		if (k.symbol[i].is_text)
			CHECK(fm_kallsyms_find(&k, k.symbol[i].address) ==
			      &k.symbol[i]);
	fm_kallsyms_free(&k);
}

int main(void)
{
	lookup();
	refusals();
	ours();
	return test_end();
}
