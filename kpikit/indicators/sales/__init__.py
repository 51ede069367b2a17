"""Sales: what was ordered, what it was worth, and what was taken back."""
