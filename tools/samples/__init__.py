"""Draws the sample photos: no camera, no person, the same bytes from the same seed."""
