"""Floor 1: the files of a workspace and the rows behind them, read strictly: nothing guessed, nothing dropped.

`strict` reads settings, `settings` what they say of sources, `columns` and the modules of each format the cells, and
`engine` holds the rows. A new type of column is an entry of `columns`; what is wrong with a cell is told by `faults`.
"""
