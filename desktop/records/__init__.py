"""What is known, what is allowed, what is done."""
