/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter - the driver: finds the command and lets it run. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "names.h"
#include "nearest.h"
#include "options.h"
#include "say.h"

const struct fm_command fm_commands[] = {
	{ "list", FM_CMD_LIST,
	  "[strategies|backings|workloads|parameters|children|profiles|"
	  "classes|columns|options]\n"
	  "       forkmeter list events [PATTERN]",
	  "Shows what can be measured, and whether this machine has it",
	  "\nEvents are opened and made to happen: what counts here is found "
	  "by trying. PATTERN\nis a part of a name, or has wildcards; "
	  "tracepoints are listed by their system.\n"
	  "\nExamples:\n"
	  "  forkmeter list\n"
	  "  forkmeter list strategies --format json\n"
	  "  forkmeter list columns --format markdown\n"
	  "  forkmeter list events TLB\n"
	  "  forkmeter list events kmem:\n",
	  fm_cmd_list },
	{ "run", FM_CMD_RUN, "[PROFILE | WORKLOAD...] [OPTIONS]",
	  "Measures, and leaves a run's folder, whose name it prints",
	  "\nWithout arguments: the profile quick, in under two minutes. The "
	  "run lands in\n$FORKMETER_RESULTS or results/, as HOST/TIME. Lists "
	  "are separated by commas.\n"
	  "\nExamples:\n"
	  "  forkmeter run quick\n"
	  "  forkmeter run spawn wait --strategy fork,vfork --rss 0,64M,1G\n"
	  "  forkmeter run cow --backing anon,thp --rss 16M..256M --set "
	  "writer=all\n"
	  "  forkmeter run spawn --rss 4G --child exec --time 1m\n"
	  "  forkmeter run wait --precision 1% --time 5m\n"
	  "  forkmeter run quick --counters basic\n"
	  "  forkmeter run cow -e instructions:k,dTLB-load-misses:k\n"
	  "  forkmeter run quick --dry-run\n",
	  fm_cmd_run },
	{ "compare", FM_CMD_COMPARE,
	  "BASE NEW [OPTIONS]\n"
	  "       forkmeter compare --interleave BASE NEW [PROFILE | "
	  "WORKLOAD...] [OPTIONS]",
	  "Compares two runs, and says of each point: slower, faster, or same",
	  "\nBASE and NEW are a run's folder each, or several separated by "
	  "commas, or a folder\nthat holds them. Runs of another machine, or "
	  "of another state of it, are refused:\n--across names what may "
	  "differ.\n"
	  "\nWith --interleave they are measured now, block by block in turn, "
	  "which tells\ndifferences apart that are a tenth of what the machine "
	  "drifts by. Each is one\nstring of words on top of those of the "
	  "command line, options of run as well:\nanother forkmeter (a path "
	  "with a /), options of run, or '' for nothing more.\n"
	  "\nExit status: 0 nothing is slower, 1 something is, 2 not to be "
	  "compared, 3 nothing\ncould be decided, 4 a run is damaged.\n"
	  "\nExamples:\n"
	  "  forkmeter compare results/HOST/BEFORE results/HOST/AFTER\n"
	  "  forkmeter compare old-kernel new-kernel --across kernel\n"
	  "  forkmeter compare anon thp --across backing --format csv\n"
	  "  forkmeter compare BASE NEW --statistic p99 --min-effect 5%\n"
	  "  forkmeter compare --interleave '' /opt/new/bin/forkmeter quick\n"
	  "  forkmeter compare --interleave '--setting thp=always' "
	  "'--setting thp=never' \\\n"
	  "    wait --child exec --rss 0,64M --time 1m\n"
	  "  forkmeter compare --interleave '--backing anon' '--backing thp' "
	  "cow --rss 64M\n",
	  fm_cmd_compare },
	{ "selfcheck", FM_CMD_RUN | FM_CMD_SELFCHECK,
	  "[PROFILE | WORKLOAD...] [OPTIONS]",
	  "Measures the same thing twice, and says what comparisons can find",
	  "\nAn A/A run: both sides are the same, block by block in turn "
	  "(without arguments the\nprofile selfcheck for two minutes). Tells "
	  "how often compare would be wrong on this\nmachine, the smallest "
	  "difference it finds, and how both depend on time. What it\nfinds is "
	  "stored beside the runs, and is from then on what compare takes for "
	  "too\nsmall to matter.\n"
	  "\nExit status: 0 done, 3 too few rounds, or something differs "
	  "though nothing does.\n"
	  "\nExamples:\n"
	  "  forkmeter selfcheck\n"
	  "  forkmeter selfcheck quick --time 10m\n"
	  "  forkmeter selfcheck wait --strategy fork,vfork --time 1m\n"
	  "  forkmeter selfcheck --from results/HOST/TIME-interleaved\n",
	  fm_cmd_selfcheck },
	{ "history", FM_CMD_HISTORY, "[list | add RUN... | rebuild] [OPTIONS]",
	  "Indexes many runs, so that their points can be followed over months",
	  "\nRUN is a run's folder, or one that holds runs, or folders of "
	  "them. "
	  "The index,\nhistory.sqlite beside the runs, holds nothing that is "
	  "not in them: rebuild makes it\nanew from all runs that are there, "
	  "and those that are named besides. A run that is\nadded again, or a "
	  "copy of it, replaces itself; runs may come late and in any order.\n"
	  "\nExit status: 0 done, 2 a run is no part of a history, 4 a run or "
	  "the index is\ndamaged; the other runs are added all the same.\n"
	  "\nExamples:\n"
	  "  forkmeter history add results/HOST/TIME\n"
	  "  forkmeter history add results/HOST\n"
	  "  forkmeter history list --format csv\n"
	  "  forkmeter history rebuild\n",
	  fm_cmd_history },
	{ "trend", FM_CMD_TREND,
	  "[OPTIONS]\n"
	  "       forkmeter trend accept CHANGE REASON...",
	  "Finds what became slower in a history, since when, and with what",
	  "\nLooks at every point of every machine in the history (forkmeter "
	  "history), across\nkernels and whatever else changed, for shifts of "
	  "its level: E-divisive means with a\npermutation test, and a minimum "
	  "effect. Shifts of one machine that came together\nare one change, "
	  "told with what changed in machine.json around it. A change is new\n"
	  "once, and then known; accept marks it with a reason.\n"
	  "\nExit status: 0 no new change for the worse, 1 there is one, 2 "
	  "usage, 3 no series has\nenough runs, 4 the history is damaged.\n"
	  "\nExamples:\n"
	  "  forkmeter trend\n"
	  "  forkmeter trend --dry-run --where host=lab7 --metric wait_ns\n"
	  "  forkmeter trend --format csv --last 100\n"
	  "  forkmeter trend accept 3 the price of the new mitigation\n",
	  fm_cmd_trend },
	{ "outliers", FM_CMD_OUTLIERS, "[RUN...] [OPTIONS]",
	  "Finds the odd one out of machines of equal hardware and state",
	  "\nRUN is a run's folder, several separated by commas, or a folder "
	  "that holds runs,\nor folders of them; of a machine the newest in "
	  "each of its states is taken. Without\nany: the newest run of each "
	  "machine in the history (forkmeter history). Machines are\ncompared "
	  "with those whose facts of hardware and state are equal, but for "
	  "what says\nwhich machine it is; --across names what else may "
	  "differ. Four are the least.\n"
	  "\nExit status: 0 none is slower than the others, 1 one is, 2 "
	  "usage, 3 nothing could be\njudged, 4 a run or the history is "
	  "damaged.\n"
	  "\nExamples:\n"
	  "  forkmeter outliers\n"
	  "  forkmeter outliers results/n1 results/n2 results/n3 results/n4\n"
	  "  forkmeter outliers --metric wait_ns --where strategy=fork\n"
	  "  forkmeter outliers --across kernel --min-effect 5%\n"
	  "  forkmeter outliers --format tsv\n",
	  fm_cmd_outliers },
	{ "doctor", FM_CMD_DOCTOR, "[OPTIONS]",
	  "Says what this machine allows, what each gap costs, and what to do",
	  "\nok: nothing to do. limit: something cannot be measured, the rest "
	  "is sound.\nnoise: intervals are wider than they could be. bad: "
	  "numbers of now are not to be\ntrusted. Exit status: 0 a trustworthy "
	  "run is possible, 3 something is bad,\n4 nothing can be measured.\n"
	  "\nExamples:\n"
	  "  forkmeter doctor\n"
	  "  forkmeter doctor --cpu 2 --format json\n",
	  fm_cmd_doctor },
	{ "profile", FM_CMD_RUN | FM_CMD_PROFILE,
	  "PROFILE | WORKLOAD... [OPTIONS]\n"
	  "       forkmeter profile --from RUN [--format F]",
	  "Says in which functions of the kernel the measured time is spent",
	  "\nPoints are named as for run. Each is measured twice a round: as "
	  "run does, and with\nits processor sampled. Samples inside the timed "
	  "intervals are counted by function\nof the kernel and by class "
	  "(page-table copy, page copy, freeing ...): self, and\ninclusive of "
	  "what was called from there. What sampling adds to the measured\n"
	  "time is told. Needs root, or kernel.perf_event_paranoid=0 and "
	  "visible addresses.\n"
	  "\nExit status: 0 done, 2 wrong usage, 3 no sample in any interval, "
	  "4 not to be had\nhere, or something broke.\n"
	  "\nExamples:\n"
	  "  sudo forkmeter profile spawn --strategy fork --rss 64M\n"
	  "  sudo forkmeter profile wait --strategy fork,vfork,posix_spawn "
	  "--child exec\n"
	  "  sudo forkmeter profile cow zero_fill --backing anon,thp --time "
	  "1m\n"
	  "  forkmeter profile --from results/HOST/TIME --format csv\n",
	  fm_cmd_profile },
	{ "lab", FM_CMD_LAB, "[simple|three|file|frames]... [OPTIONS]",
	  "Plays a course's checks of copy-on-write, on a model and on Linux",
	  "\nThe checks, without arguments all of them:\n"
	  "  simple  a process with two thirds of memory forks\n"
	  "  three   parent, child and grandchild write to what they share\n"
	  "  file    the kernel writes into shared pages, by read(2)\n"
	  "  frames  all of these in a row: every frame is back at the end\n"
	  "\nExit status: 0 all is as it must be, 4 something is not.\n"
	  "\nExamples:\n"
	  "  forkmeter lab\n"
	  "  forkmeter lab three --steps\n"
	  "  forkmeter lab simple frames --format markdown\n",
	  fm_cmd_lab },
	{ "show", FM_CMD_SHOW, "[RUN] [OPTIONS]",
	  "Shows a run's medians with their intervals",
	  "\nRUN is a run's folder, or one that holds runs, of which the "
	  "newest "
	  "is shown; without\nit the newest of all. tsv, csv and json have all "
	  "columns of summary.tsv, the other\nformats the main ones.\n"
	  "\nExamples:\n"
	  "  forkmeter show\n"
	  "  forkmeter show --metric wait_ns --where strategy=fork\n"
	  "  forkmeter show --counts --where workload=cow\n"
	  "  forkmeter show --plot --where child=exit\n"
	  "  forkmeter show results/HOST/TIME --format tsv\n",
	  fm_cmd_show },
	{ "export", FM_CMD_EXPORT, "[RUN] [OPTIONS]",
	  "Writes a run in the formats of tools that people already have",
	  "\nRUN is a run's folder; without it the newest. The formats:\n"
	  "  json         all of it: machine, points, results, blocks\n"
	  "  csv          a line a block, for R, pandas or a spreadsheet\n"
	  "  googlebench  JSON of Google Benchmark, for its compare.py\n"
	  "  gobench      the Go benchmark data format, for benchstat\n"
	  "  openmetrics  for Prometheus, or node_exporter's textfile folder\n"
	  "\nExamples:\n"
	  "  forkmeter export > run.json\n"
	  "  forkmeter export OLD --format gobench > old.txt\n"
	  "  benchstat old.txt new.txt\n"
	  "  forkmeter export --format csv --metric wait_ns "
	  "--where strategy=fork\n"
	  "  forkmeter export --format openmetrics > forkmeter.prom.part &&\n"
	  "    mv forkmeter.prom.part /var/lib/prometheus/node-exporter/"
	  "forkmeter.prom\n",
	  fm_cmd_export },
	{ "summary", FM_CMD_SUMMARY, "[RUN]",
	  "Makes a run's summary.tsv anew from its samples",
	  "\nExamples:\n"
	  "  forkmeter summary results/HOST/TIME\n",
	  fm_cmd_summary },
	{ "trace", FM_CMD_TRACE, "[OPTIONS]",
	  "Shows copy-on-write at work, page by page, with real page frames",
	  "\nProcess A makes five pages and forks B; then they write to them, "
	  "one write a\nstep. After each step: which frame each page of both "
	  "has, what the kernel did\nto it, and what the model says of the "
	  "same step. As root the frames are their\nnumbers, else letters that "
	  "are equal where the frames are.\n"
	  "\nExamples:\n"
	  "  forkmeter trace\n"
	  "  sudo forkmeter trace\n"
	  "  forkmeter trace --format latex > trace.tex\n"
	  "  forkmeter-trace -o trace.pdf\n",
	  fm_cmd_trace },
	{ 0 },
};

static int run(const struct fm_command *command, int argc, char **argv)
{
	struct fm_options options;

	if (fm_options_parse(command, argc, argv, &options))
		return FM_USAGE;
	if (options.help) {
		fm_options_help(command);
		return FM_DONE;
	}
	return command->run(&options);
}

static void refuse(const char *name)
{
	char list[256] = "", near[32];

	for (const struct fm_command *c = fm_commands; c->name; c++)
		if (c->summary)
			fm_names_append(list, sizeof(list), c->name);
	if (!*name)
		fm_say("which command? There is: %s; see forkmeter --help",
		       list);
	else if (fm_nearest(name, list, near, sizeof(near)))
		fm_say("%s: no such command; did you mean %s? See forkmeter "
		       "--help",
		       name, near);
	else
		fm_say("%s: no such command; there is: %s", name, list);
}

/* A descriptor 0, 1 or 2 that is closed would become one of a run's files. */
static void open_standard_files(void)
{
	int fd;

	do {
		fd = open("/dev/null", O_RDWR);
	} while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
}

static int dispatch(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";

	if (!strcmp(name, "help") && argc > 2) {
		char *words[] = { argv[0], argv[2], "--help", NULL };

		return dispatch(3, words);
	}
	if (!strcmp(name, "--help") || !strcmp(name, "-h") ||
	    !strcmp(name, "help")) {
		fm_options_help(NULL);
		return FM_DONE;
	}
	if (!strcmp(name, "--version")) {
		puts("forkmeter " PACKAGE_VERSION);
		return FM_DONE;
	}
	for (const struct fm_command *c = fm_commands; c->name; c++)
		if (!strcmp(name, c->name))
			return run(c, argc - 1, argv + 1);
	refuse(name);
	return FM_USAGE;
}

int main(int argc, char **argv)
{
	int status;

	open_standard_files();
	/* Ignored by whoever started us, it would eat our children's ends. */
	signal(SIGCHLD, SIG_DFL);
	/* For the terminal's character set alone; numbers stay as they are. */
	setlocale(LC_CTYPE, "");
	status = dispatch(argc, argv);
	if (fflush(stdout) || ferror(stdout)) {
		fm_say("standard output cannot be written: %s",
		       strerror(errno));
		return FM_BROKEN;
	}
	return status;
}
