"""Floor 0: errors, units, periods, formats and translations. Knows words and numbers, and nothing of KPIs."""
