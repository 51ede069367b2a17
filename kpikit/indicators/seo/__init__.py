"""Search engine optimisation: being found without paying for it, and a site fast enough to be found."""
