# SPDX-License-Identifier: GPL-3.0-or-later
# Prints the SQL that creates a typed table and fills it from a run's file.
# Usage: awk -f import.awk -v table=NAME -v rows=FILE columns.tsv TABLE.tsv
#
# columns.tsv is what `forkmeter list columns --format tsv` prints. The file's
# own header says which column is which: one it lacks stays NULL, one that
# nobody knows is left out. Lines with too few or too many fields (a torn tail)
# are left out; the whole ones go to FILE, without the header. Fails when the
# header has no column that it knows.
BEGIN {
	FS = "\t"
	printf "" >rows
}

FILENAME != last {
	last = FILENAME
	file++
}

file == 1 {
	if ($1 == table && !($2 in known)) {
		known[$2]
		typed = typed (typed == "" ? "" : ", ") "\"" $2 "\" " $3
	}
	next
}

header == 0 {
	header = NF
	for (i = 1; i <= NF; i++) {
		stage = stage (i > 1 ? ", " : "") "c" i
		if (!($i in known))
			continue
		delete known[$i] # the first of two columns of one name
		names = names (names == "" ? "" : ", ") "\"" $i "\""
		values = values (values == "" ? "" : ", ") "NULLIF(c" i ", '')"
	}
	next
}

NF == header {
	print >rows
}

END {
	if (names == "")
		exit 1
	print "CREATE TABLE \"" table "\"(" typed ");"
	print "CREATE TABLE stage(" stage ");"
	print ".mode ascii"
	print ".separator \"\\t\" \"\\n\""
	print ".import " rows " stage"
	print "INSERT INTO \"" table "\"(" names ") SELECT " values " FROM stage;"
	print "DROP TABLE stage;"
}
