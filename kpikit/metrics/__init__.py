"""Floor 2: what is measured. Metrics are declared here and measured in the engine that holds the rows."""
