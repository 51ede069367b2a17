"""Experiments: which variant did better, how sure that is, and how long it still has to run."""
