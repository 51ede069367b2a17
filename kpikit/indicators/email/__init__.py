"""E-mail: whether it arrives, is opened and clicked, what it brings, and how the list of recipients grows."""
