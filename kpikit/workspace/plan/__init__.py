"""A client's plan: shown, checked, drafted, and led on from what the figures propose to its next version."""
