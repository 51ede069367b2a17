"""Floor 6: pictures and tables of facts. One file for each kind of picture; the look is stated once, in `look`.

A kind of picture is a function that draws a fact on ``ax`` and returns it, beside one that gives it as SVG with its
alternative text, both in the client's language. Tables are made of the pieces in `markup`.
"""
