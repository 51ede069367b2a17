"""Signal or noise: does a series say that something changed, or does it vary as it always did?

A **profile** (`profiles`) is one school's conventions, stated once: the constant of the limits, the screening, the
rules and what a point on the centre line means. A **track** (`track`) is a series as it is judged, with its lines.
**Rules** (`rules`) look at a track and say which points they mark, and which way these point.
"""
