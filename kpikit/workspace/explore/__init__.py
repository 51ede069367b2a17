"""Looking around: one indicator from a side that a person picks, its drivers, and tests before and after."""
