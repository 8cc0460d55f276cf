"""What stands on paper, where, and how it reaches a printer."""
