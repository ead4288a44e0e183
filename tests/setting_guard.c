/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings come back after SIGKILL of us, and at the next start after more. */
#include <signal.h>
#include <sys/mman.h>

#include "setting_journal.h"
#include "test_setting.h"

/* A run: a process that pushes, says so, and sleeps until it is killed. */
static pid_t start_run(const struct fm_settings *s)
{
	int ready[2];
	char byte = 0;
	pid_t pid;

	CHECK(!pipe2(ready, O_CLOEXEC));
	pid = fork();
	if (pid == 0) {
		byte = fm_settings_push(s, &why) ? 'n' : 'y';
		if (write(ready[1], &byte, 1) == 1)
			sleep(60);
		_exit(1);
	}
	close(ready[1]);
	CHECK(read(ready[0], &byte, 1) == 1 && byte == 'y');
	close(ready[0]);
	return pid;
}

static void end(pid_t pid)
{
	CHECK(!kill(pid, SIGKILL) && waitpid(pid, NULL, 0) == pid);
}

/* A run that is killed together with its guardian. */
static void leave_behind(const struct fm_settings *s)
{
	pid_t run = start_run(s), guardian = child_of(run);

	CHECK(guardian > 0);
	if (guardian > 0)
		CHECK(!kill(guardian, SIGKILL));
	end(run);
	CHECK(!guardian || waitpid(guardian, NULL, 0) == guardian);
}

/* It holds the journal and its end of a pipe, and survives what ends others. */
static void guardian_itself(void)
{
	struct fm_settings s;
	char path[64];
	pid_t first;
	DIR *list;
	int n = 0;

	want_three(&s);
	CHECK(!fm_settings_push(&s, &why));
	first = child_of(getpid());
	CHECK(first > 0);
	snprintf(path, sizeof(path), "/proc/%d/fd", first);
	for (int tries = 0; tries < 1000 && n != 2; tries++) {
		list = opendir(path);
		for (n = -2; list && readdir(list);)
			n++;
		if (list)
			closedir(list);
		pause_ms(n == 2 ? 0 : 10);
	}
	CHECK(n == 2 && getsid(first) == first);
	kill(first, SIGTERM);
	kill(first, SIGINT);
	kill(first, SIGHUP);
	CHECK(!fm_settings_pop(&why) && !fm_settings_push(&s, &why));
	CHECK(child_of(getpid()) == first); /* not one a push */
	CHECK(!fm_settings_pop(&why) && all_back());

	kill(first, SIGKILL); /* and is replaced */
	CHECK(!waitid(P_PID, (id_t)first, &(siginfo_t){ 0 },
		      WEXITED | WNOWAIT));
	CHECK(!fm_settings_push(&s, &why));
	CHECK(child_of(getpid()) > 0 && child_of(getpid()) != first);
	CHECK(!fm_settings_pop(&why));
}

static void ends_without_pop(void)
{
	struct fm_settings s;

	want_three(&s);
	CHECK(!fm_settings_push(&s, &why) && all_there());
}

static void killed(void)
{
	struct fm_settings s;
	pid_t run;

	want_three(&s);
	run = start_run(&s);
	CHECK(all_there() && *journal());
	CHECK(fm_settings_recover(&why) == 0 && all_there() && *journal());
	end(run);
	guardian_ends();
	CHECK(all_back() && !*journal());
}

static void recovered(void)
{
	struct fm_settings s;

	want_three(&s);
	leave_behind(&s);
	CHECK(all_there() && *journal());
	CHECK(fm_settings_recover(&why) == 3);
	CHECK(all_back() && !*journal());
	CHECK(fm_settings_recover(&why) == 0);

	leave_behind(&s); /* what fails is kept, the rest is done once */
	set(in("made/member"), "");
	CHECK(fm_settings_recover(&why) == -ENOTEMPTY);
	CHECK(strstr(why.text, in("made")) && strstr(why.text, journal()));
	CHECK(is(in("thp"), "never") && is(in("pages"), "5") && *journal());
	CHECK(!unlink(in("made/member")) && fm_settings_recover(&why) == 1);
	CHECK(all_back() && !*journal());
}

/* The journal of the dead, for reading and writing. */
static struct fm_journal *open_journal(void)
{
	int fd = open(journal(), O_RDWR);
	void *j = mmap(NULL, sizeof(struct fm_journal), PROT_READ | PROT_WRITE,
		       MAP_SHARED, fd, 0);

	CHECK(j != MAP_FAILED);
	close(fd);
	return j;
}

/* Killed between an entry of the journal and its change, both ways. */
static void killed_half_way(void)
{
	static const char *const there[] = { "5", "15", "9", "3" };
	static const char *const then[] = { "5", "5", "5", "3" };
	struct fm_settings s;
	struct fm_journal *j;

	for (int i = 0; i < 4; i++) {
		want_three(&s);
		leave_behind(&s);
		j = open_journal();
		CHECK(j->n == 3 && j->undo[1].set.add);
		j->undo[1].state = FM_UNDO_INTENDED;
		munmap(j, sizeof(*j));
		set(in("pages"), there[i]);
		CHECK(fm_settings_recover(&why) == 3);
		CHECK(is(in("pages"), then[i]) && !*journal());
	}
	want_three(&s);
	leave_behind(&s);
	j = open_journal();
	j->boot[0] = 'x'; /* after a boot nothing is as it was left */
	munmap(j, sizeof(*j));
	CHECK(fm_settings_recover(&why) == 0 && all_there() && !*journal());
	rmdir(in("made"));
}

/* Nobody but us says what is written where. */
static void attacks(void)
{
	struct fm_settings s;
	char name[PATH_MAX];

	want_three(&s);
	leave_behind(&s);
	snprintf(name, sizeof(name), "%s", journal());
	CHECK(!rename(name, in("real")) && !symlink(in("real"), name));
	CHECK(fm_settings_recover(&why) == -ELOOP);
	CHECK(strstr(why.text, name) && all_there() && exists(in("real")));
	CHECK(!unlink(name) && !link(in("real"), name));
	CHECK(fm_settings_recover(&why) == -EPERM && all_there());
	CHECK(!unlink(in("real")) && !chmod(name, 0606));
	CHECK(fm_settings_recover(&why) == -EPERM && all_there());
	CHECK(strstr(why.text, "no journal of ours"));
	CHECK(!chmod(name, 0600));
	if (geteuid() == 0 && chown(name, 65534, 65534) == 0) {
		CHECK(fm_settings_recover(&why) == -EPERM && all_there());
		CHECK(!chown(name, 0, 0));
	}
	CHECK(!truncate(name, 100));
	CHECK(fm_settings_recover(&why) == -EBADMSG && exists(name));
	CHECK(!truncate(name, sizeof(struct fm_journal)));
	CHECK(!chmod(journals, 0777));
	CHECK(fm_settings_recover(&why) == -EPERM);
	CHECK(fm_settings_push(&s, &why) == -EPERM && all_there());
	CHECK(strstr(why.text, journals));
	CHECK(!chmod(journals, 0700) && !unlink(name));
	CHECK(!rename(journals, in("real")) && !symlink("real", journals));
	CHECK(fm_settings_recover(&why) == -EPERM);
	CHECK(fm_settings_push(&s, &why) == -EPERM && all_there());
	CHECK(!unlink(journals) && !rmdir(in("real")));
	CHECK(!rmdir(in("made")));
	CHECK(fm_settings_recover(&why) == 0); /* without any folder */
}

int main(void)
{
	set_up();
	in_a_process(guardian_itself);
	guardian_ends();
	in_a_process(ends_without_pop);
	guardian_ends();
	CHECK(all_back() && !*journal());
	killed();
	recovered();
	killed_half_way();
	attacks();
	clean_up();
	return test_end();
}
