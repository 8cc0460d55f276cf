"""The door: open an office or create one."""
