"""What a workspace's sources hold: loaded, whose rows they are, what is missing, where the figures come from."""
