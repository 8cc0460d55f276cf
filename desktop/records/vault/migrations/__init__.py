"""How the tables came to be, step by step; run by `desktop.records.vault.upgrade`."""
