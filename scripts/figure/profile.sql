-- SPDX-License-Identifier: GPL-3.0-or-later
-- order: 10
-- title: Where the kernel spends it
-- needs: a run of forkmeter profile
-- The greatest classes over all points have colours; the others are one.
WITH class AS (SELECT * FROM spent WHERE self_samples > 0),
ranked AS (
	SELECT name, row_number() OVER (ORDER BY sum(self) DESC, name) AS nth
	FROM class GROUP BY name),
shown AS (
	SELECT point, label, samples, min(nth, 9) AS series,
		iif(nth < 9, name, 'the rest') AS name, sum(self) AS self
	FROM class JOIN ranked USING (name) GROUP BY point, min(nth, 9)),
stack AS (
	SELECT *, sum(self) OVER (PARTITION BY point ORDER BY series) AS upto
	FROM shown)
SELECT dense_rank() OVER (ORDER BY point) AS y, series, name, label,
	100 * (upto - self) AS lo, 100 * upto AS hi,
	iif(self >= 0.055, printf('%.0f', 100 * self), '') AS says,
	samples AS n
FROM stack ORDER BY y, series;
