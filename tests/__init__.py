"""What Chartroom promises, floor by floor."""
