"""Finance: what is left of the revenue, what a customer costs and brings, and how the figures stand to the budget."""
