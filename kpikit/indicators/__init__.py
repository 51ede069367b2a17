"""Floor 3: the catalogue of indicators. One declaration for each, one module for each domain, one explicit list."""
