"""Devices: one exam that every source sits, and what only one kind can do wrong."""
