"""What is known: frozen values, no input or output."""
