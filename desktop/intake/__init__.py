"""From device to record: the whole trip."""
