"""Floor 4: what a client wants, and what people write about it: the versions of the plan, events, notes."""
