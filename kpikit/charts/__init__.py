"""Floor 6: pictures and tables of facts. One file for each kind of picture; the look is stated once, in `look`."""
