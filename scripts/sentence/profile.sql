-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the same name shows: the greatest class of each point,
-- where its interval lies above those of all others; and what it was sampled by.
WITH class AS (
	SELECT *, row_number() OVER (PARTITION BY point
			ORDER BY self_samples DESC, name) AS nth
	FROM spent),
most AS (
	SELECT *, self_lo > coalesce((SELECT max(self_hi) FROM class AS other
		WHERE other.point = class.point AND other.nth > 1), 0) AS is_clear
	FROM class WHERE nth = 1)
SELECT label || ': most is ' || name || ', ' ||
	printf('%.0f %% (95 %%: %.0f … %.0f) of %d samples.', 100 * self,
		100 * self_lo, 100 * self_hi, samples)
FROM most WHERE is_clear
UNION ALL
SELECT label || ': which class is most cannot be said of ' || samples ||
	' samples.'
FROM most WHERE NOT is_clear
UNION ALL
SELECT 'Sampled by ' || group_concat(DISTINCT event) ||
	iif(max(event = 'cpu-clock'), ', a timer: what runs with interrupts off ' ||
		'is seen where they are on again', '') || '.'
FROM class HAVING count(*) > 0;
