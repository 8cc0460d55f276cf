"""An image opened: looked at, compared with others, measured. Any room may open it."""
