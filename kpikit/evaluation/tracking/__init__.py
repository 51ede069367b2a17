"""Faults of the measuring: of a whole source, or of a page or channel in it."""
