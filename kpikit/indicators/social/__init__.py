"""Social media: who sees the brand, who answers, who passes it on, and how much of the talk is about it."""
