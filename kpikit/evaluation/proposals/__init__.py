"""Re-design: what the figures propose to change in the plan, what people decide of it, and what came of that later."""
