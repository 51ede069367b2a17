"""The website: who comes, from where, and what they do there."""
