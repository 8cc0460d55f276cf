"""The locked room: the only SQL and the only keys."""
