"""Proof of behaviour, room by room."""
"""What Chartroom promises, floor by floor."""
