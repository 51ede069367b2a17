"""A plan's goals: how they stand, whether they are SMART, and drafts of a first and a next version."""
