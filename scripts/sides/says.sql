-- SPDX-License-Identifier: GPL-3.0-or-later
-- What two runs side by side show.
SELECT iif(count(*) = 0, 'The two runs have no point in common.',
	'Of ' || count(*) || ' lines that both runs have, ' || sum(apart AND d > 0) ||
	' are more and ' || sum(apart AND d < 0) ||
	' less than in run 1, by more than their two 95 % intervals leave open; where nothing differs, one in twenty would be. On the (geometric) mean of all, the ratio is ' ||
	printf('%.3f', exp(avg(d))) || '.')
FROM pair;

SELECT 'Farthest apart: ' || label || ', ' || printf('%.3g', ratio) || ' times as much as in run 1.'
FROM pair WHERE apart ORDER BY abs(d) DESC LIMIT 1;

SELECT 'Verdicts that hold for all points together, and say what is the same, come from: forkmeter compare.'
WHERE EXISTS (SELECT * FROM pair);
