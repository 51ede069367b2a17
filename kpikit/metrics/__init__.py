"""Floor 2: what is measured. Metrics are declared here and measured in the engine that holds the rows.

`settings` reads declarations into a `model`; `measure` answers `requests`, each source by one `question` for each way
of splitting it. A new way to add up is an entry of `aggregates`.
"""
