"""All clients at once: evaluated together, in one table, and held so that few alarms are false."""
