"""Floor 1: the files of a workspace and the rows behind them, read strictly: nothing guessed, nothing dropped."""
