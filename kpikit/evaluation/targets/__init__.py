"""A KPI against its target: where it is, where it should be by now, and how the target lies to what is usual."""
