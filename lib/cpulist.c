/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of processors as the kernel writes them. */
#include <ctype.h>
#include <stdlib.h>

#include "cpulist.h"

int fm_cpulist_range(const char **at, int *first, int *last)
{
	char *end;

	if (!isdigit((unsigned char)**at))
		return 0;
	*first = *last = (int)strtol(*at, &end, 10);
	if (*end == '-')
		*last = (int)strtol(end + 1, &end, 10);
	*at = end + (*end == ',');
	return 1;
}

int fm_cpulist_has(const char *list, int cpu)
{
	int first, last;

	while (fm_cpulist_range(&list, &first, &last))
		if (first <= cpu && cpu <= last)
			return 1;
	return 0;
}
