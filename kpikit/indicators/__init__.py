"""Floor 3: the catalogue of indicators. One declaration for each, one module for each domain, one explicit list.

A new indicator is a function in the module of its domain, with a case in ``tests/indicators/cases``; a new domain is a
module, or a folder of them, and its name in `catalogue.DOMAINS`. All else reads the declarations.
"""
