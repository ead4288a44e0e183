-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figure of the same name shows.
SELECT 'The model''s count is the measured one at ' || sum(model = measured) || ' of ' ||
	count(*) || ' points (' || min(what) || ')' ||
	iif(sum(model <> measured) = 0, '', '; the farthest off is ' || (
		SELECT label || ' with ' || measured || ' instead of ' || model
		FROM counted AS worst WHERE worst.kind = counted.kind
		ORDER BY abs(ln(1.0 * max(measured, 0.5) / max(model, 0.5))) DESC LIMIT 1)) || '.'
FROM counted GROUP BY kind ORDER BY kind;
