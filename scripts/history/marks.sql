-- SPDX-License-Identifier: GPL-3.0-or-later
-- Where the picked machine's series shifted, for sparklines and their big sisters.
SELECT series, at, verdict FROM shift JOIN picked USING (no)
WHERE series IS NOT NULL ORDER BY series, at;
