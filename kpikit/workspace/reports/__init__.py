"""What was made of a workspace: reports rendered and sent, what speaks of a client, the agency's look."""
