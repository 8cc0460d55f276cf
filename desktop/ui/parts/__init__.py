"""Widgets and models that several rooms share."""
