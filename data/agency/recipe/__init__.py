"""How the figures of the synthetic agency are made: one module for each family of exports. Run ``make.py``."""
