"""Chartroom: clinical images from the device into the patient's record."""
