"""The Worklists room: what waits to be done, one list each."""
