"""Floor 4: what a client wants. Goals, KPIs with baseline and target, and the versions of the plan."""
