"""The rules of the house, each checked by a test that names the file that breaks it."""
