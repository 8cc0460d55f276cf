"""What must lose nothing and leave nothing in the clear, whatever happens in the middle."""
