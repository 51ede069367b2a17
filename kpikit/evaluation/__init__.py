"""Floor 5: holds what was measured against what was planned. Facts and series; no language, no pictures."""
