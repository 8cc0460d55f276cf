"""What every end-to-end test may ask for."""

from tests.end_to_end.cups_printer import cups_printer, print_server

__all__ = ["cups_printer", "print_server"]
