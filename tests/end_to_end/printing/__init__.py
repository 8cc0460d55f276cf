"""Sheets that go to a real print queue."""
