"""What a person can ask for, with everything below tied together: the window and the command line
are handed the same verbs."""
