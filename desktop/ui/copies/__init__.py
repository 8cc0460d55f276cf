"""A copy for somebody outside: masks over what identifies, a checklist, and what was removed."""
