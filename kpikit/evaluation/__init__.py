"""Floor 5: holds what was measured against what was planned. Facts and series; no language, no pictures.

`scope` decides what must be measured, `evaluate` makes the facts of it, `document` writes them as JSON. Each folder
adds to a fact what it says of itself; modules called ``words`` and ``sentences`` are where facts become language.
"""
