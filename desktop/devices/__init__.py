"""Where images come from; one helper process per open source."""
