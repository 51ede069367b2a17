"""Paid ads: how often they are seen and clicked, what a click leads to, and what it costs."""
