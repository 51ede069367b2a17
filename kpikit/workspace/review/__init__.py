"""One client's period: the review that notebooks and reports show, section by section, in one language."""
