/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings: wishes, refusals, and that they come back on pop and on errors. */
#include "test_setting.h"

static void wishes(void)
{
	struct fm_settings s = { .n = 0 };
	char text[256], *word, *path;

	set(in("plain"), "never\n");
	set(in("choice"), "always [madvise] never\n");
	CHECK(!fm_settings_want(&s, in("plain"), "never", &why));
	CHECK(!fm_settings_want(&s, in("choice"), "madvise", &why));
	CHECK(!fm_settings_want_folder(&s, work, &why));
	CHECK(!fm_settings_want_more(&s, in("plain"), 0, &why));
	CHECK(s.n == 0);
	CHECK(!fm_settings_want(&s, in("choice"), "always", &why));
	CHECK(s.n == 1 && !strcmp(s.item[0].value, "always"));
	CHECK(fm_settings_want(&s, in("none"), "1", &why) == -EOPNOTSUPP);
	CHECK(strstr(why.text, in("none")));
	CHECK(fm_settings_want_folder(&s, in("none/x"), &why) == -EOPNOTSUPP);
	CHECK(fm_settings_want_more(&s, in("plain"), 1, &why) == -EINVAL);
	memset(text, 'x', sizeof(text));
	text[255] = '\0';
	CHECK(fm_settings_want(&s, text, "1", &why) == -E2BIG);
	CHECK(fm_settings_want(&s, in("plain"), text, &why) == -E2BIG);
	while (s.n < FM_SETTINGS_AT_ONCE)
		s.item[s.n++] = s.item[0];
	CHECK(fm_settings_want(&s, in("plain"), "1", &why) == -E2BIG);
	CHECK(strstr(why.text, "32"));

	path = "/sys/kernel/mm/transparent_hugepage/enabled";
	if (fm_file_read(path, text, sizeof(text)) > 0) {
		word = strchr(text, '[') + 1;
		*strchr(word, ']') = '\0';
		s.n = 0;
		CHECK(!fm_settings_want(&s, path, word, &why) && !s.n);
	}
}

/* Ends as an ordinary user, for whom root's files cannot be written. */
static void refusals(void)
{
	struct fm_settings s = { .n = 0 };

	set(in("locked"), "always\n");
	set(in("count"), "5\n");
	CHECK(!chmod(in("locked"), 0444) && !chmod(in("count"), 0444) &&
	      !chmod(work, 0555));
	if (geteuid() == 0 && setuid(65534) < 0) {
		printf("skip refusals: setuid: %s\n", strerror(errno));
		return;
	}
	CHECK(fm_settings_want(&s, in("locked"), "never", &why) == -EACCES);
	CHECK(strstr(why.text, "as root: echo never > /tmp/") &&
	      strstr(why.text, "not always"));
	CHECK(fm_settings_want_more(&s, in("count"), 3, &why) == -EACCES);
	CHECK(strstr(why.text, "as root: echo 8 > /tmp/"));
	CHECK(fm_settings_want_folder(&s, in("made"), &why) == -EACCES);
	CHECK(strstr(why.text, "as root: mkdir /tmp/"));
	CHECK(!fm_settings_want(&s, in("locked"), "always", &why) && !s.n);
}

static void add_item(struct fm_settings *s, const char *path, const char *value)
{
	struct fm_setting item = { .add = 0 };

	snprintf(item.path, sizeof(item.path), "%s", path);
	snprintf(item.value, sizeof(item.value), "%s", value);
	s->item[s->n++] = item;
}

static void push_and_pop(void)
{
	struct fm_settings s, none = { .n = 0 };

	want_three(&s);
	CHECK(!fm_settings_pop(&why) && !fm_settings_push(&none, &why));
	CHECK(!child_of(getpid()) && !*journal()); /* nothing to guard */
	for (int i = 0; i < 3; i++) {
		CHECK(!fm_settings_push(&s, &why) && all_there());
		CHECK(fm_settings_push(&s, &why) == -EBUSY && all_there());
		CHECK(!fm_settings_pop(&why) && all_back());
	}
	CHECK(*journal());
}

static void changed_meanwhile(void)
{
	struct fm_settings s;

	want_three(&s);
	CHECK(!fm_settings_push(&s, &why));
	set(in("thp"), "always");
	set(in("pages"), "18");
	CHECK(!fm_settings_pop(&why) && is(in("thp"), "never"));
	CHECK(is(in("pages"), "8"));
	CHECK(!fm_settings_push(&s, &why));
	set(in("pages"), "4");
	CHECK(!fm_settings_pop(&why) && is(in("pages"), "0"));

	/* By now it is as wished: neither changed nor put back. */
	set(in("thp"), "madvise");
	CHECK(!mkdir(in("made"), 0700));
	CHECK(!fm_settings_push(&s, &why));
	set(in("thp"), "always");
	CHECK(!fm_settings_pop(&why) && is(in("thp"), "always"));
	CHECK(exists(in("made")) && !rmdir(in("made")));

	/* The last change is the first to go. */
	want_three(&s);
	s.n = 0;
	add_item(&s, in("thp"), "madvise");
	add_item(&s, in("thp"), "always");
	CHECK(!fm_settings_push(&s, &why) && is(in("thp"), "always"));
	CHECK(!fm_settings_pop(&why) && is(in("thp"), "never"));

	/* What is gone needs nothing. */
	CHECK(!fm_settings_push(&s, &why) && !unlink(in("thp")));
	CHECK(!fm_settings_pop(&why) && !exists(in("thp")));
}

static void half_way(void)
{
	struct fm_settings s;

	want_three(&s);
	add_item(&s, in("missing"), "1");
	CHECK(fm_settings_push(&s, &why) == -ENOENT && all_back());
	CHECK(strstr(why.text, in("missing")));
	s.n--;
	add_item(&s, "/proc/version", "1"); /* root cannot write it either */
	CHECK(fm_settings_push(&s, &why) < 0 && all_back());
	CHECK(strstr(why.text, "/proc/version"));
	s.n--;
	add_item(&s, "/dev/null", "1"); /* takes it, and stays as it is */
	CHECK(fm_settings_push(&s, &why) == -EOPNOTSUPP && all_back());
	CHECK(strstr(why.text, "though 1 was written"));
	s.n--;
	CHECK(!fm_settings_push(&s, &why) && all_there());
	CHECK(!fm_settings_pop(&why) && all_back());
}

/*
 * The kernel keeps 1000ths of it, not 17ths: 9 more become 8. That it is put
 * back is not looked at, for that takes a capability; see killed_half_way.
 */
static void grows_by_less(void)
{
	const char *path = "/proc/self/oom_adj";
	struct fm_settings s;

	want_three(&s);
	if (!is(path, "0") || fm_settings_want_more(&s, path, 9, &why)) {
		printf("skip a number that grows by less: no 0 in %s\n", path);
		CHECK(!fm_settings_push(&s, &why));
		return;
	}
	CHECK(fm_settings_push(&s, &why) == -ENOMEM && all_back());
	CHECK(strstr(why.text, "grew by 8, not by 9"));
	CHECK(strstr(why.text, "compact_memory"));
}

static void busy_folder(void)
{
	struct fm_settings s;
	pid_t member;

	want_three(&s);
	CHECK(!fm_settings_push(&s, &why));
	set(in("made/member"), "");
	member = fork();
	if (member == 0) {
		pause_ms(50);
		_exit(unlink(in("made/member")) != 0);
	}
	CHECK(!fm_settings_pop(&why) && all_back());
	CHECK(waitpid(member, NULL, 0) == member);

	CHECK(!fm_settings_push(&s, &why));
	set(in("made/member"), "");
	CHECK(fm_settings_pop(&why) == -ENOTEMPTY);
	CHECK(strstr(why.text, in("made")));
	CHECK(is(in("thp"), "never") && is(in("pages"), "5"));
	CHECK(fm_settings_push(&s, &why) == -EBUSY);
	CHECK(strstr(why.text, in("made")));
	CHECK(!unlink(in("made/member")));
	CHECK(!fm_settings_pop(&why) && all_back());
}

/* Another run's changes are not looked at before they are put back. */
static void turns(void)
{
	struct fm_settings s = { .n = 0 };
	int taken[2], status = 1;
	pid_t other;
	char byte;

	CHECK(!pipe(taken));
	other = fork(); /* before, or both would hold one lock together */
	if (other == 0)
		_exit(read(taken[0], &byte, 1) != 1 || fm_settings_turn(&why) ||
		      !is(in("thp"), "never"));
	CHECK(!fm_settings_turn(&why));
	CHECK(!fm_settings_want(&s, in("thp"), "always", &why));
	CHECK(!fm_settings_push(&s, &why) && is(in("thp"), "always"));
	CHECK(write(taken[1], "", 1) == 1);
	pause_ms(50);
	CHECK(waitpid(other, &status, WNOHANG) == 0); /* it waits */
	CHECK(!fm_settings_pop(&why));
	fm_settings_pass();
	CHECK(waitpid(other, &status, 0) == other && !status);
}

int main(void)
{
	static void (*const tests[])(void) = { push_and_pop, changed_meanwhile,
					       half_way,     grows_by_less,
					       busy_folder,  turns };

	set_up();
	in_a_process(wishes);
	in_a_process(refusals);
	chmod(work, 0755);
	for (size_t i = 0; i < sizeof(tests) / sizeof(*tests); i++) {
		in_a_process(tests[i]);
		guardian_ends();
		CHECK(!*journal());
	}
	clean_up();
	return test_end();
}
