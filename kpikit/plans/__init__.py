"""Floor 4: what a client wants, and what people write about it: the versions of the plan, events, notes.

`plan` says what a plan is made of, `read` reads its file; each other kind of file has a module of its own.
"""
