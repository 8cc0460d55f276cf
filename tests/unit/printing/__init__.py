"""Tests of paper: what stands on it, where, and that nothing is lost on the way."""
