"""Compared with others: the clients of the same segment, without names, and values that the workspace enters."""
