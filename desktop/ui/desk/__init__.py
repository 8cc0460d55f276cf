"""Devices, tray, filing."""
