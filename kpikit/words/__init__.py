"""Floor 0: errors, units, periods, formats and translations. Knows words and numbers, and nothing of KPIs.

A unit is declared in `units`, a comparison in `periods`, a language by its file in ``locale/`` and its code in `texts`.
"""
