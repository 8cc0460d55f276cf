"""What is done: every change, one transaction with its line in the trail."""
