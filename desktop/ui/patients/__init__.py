"""Search, and a patient's chart."""
