"""Keys, sealed originals, and the records room."""
