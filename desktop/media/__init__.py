"""Untrusted bytes become a described image."""
