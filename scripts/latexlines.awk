# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: awk -f latex.awk -f latexlines.awk: each line of text as LaTeX.
{ print latex($0) }
