"""What makes things that are shipped; nothing here is part of the program."""
