"""Forms, cards and lists of an office: a module each, all pure functions to PDF."""
