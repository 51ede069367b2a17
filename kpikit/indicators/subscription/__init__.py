"""Subscription: monthly recurring revenue (MRR) with its movements, and how well it is kept."""
