"""What is allowed: pure functions over facts."""
