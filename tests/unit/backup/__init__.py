"""Backup, restore, repair and checks of an office."""
