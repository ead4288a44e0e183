/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The smallest program of a C library, for children to exec: what it takes
 * beyond bench/target.c is the library starting and ending.
 */
int main(void)
{
	return 42; /* FM_CHILD_STATUS */
}
