"""Search, a patient's chart, one image large."""
