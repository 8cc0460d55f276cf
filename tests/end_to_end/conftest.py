"""What every end-to-end test may ask for."""

from tests.end_to_end.cups_printer import cups_printer, print_server
from tests.end_to_end.kept_workers import kept_workers
from tests.end_to_end.made_office import chartroom, least_cost, office_to_copy
from tests.end_to_end.secret_service import secret_service

__all__ = [
    "chartroom",
    "cups_printer",
    "kept_workers",
    "least_cost",
    "office_to_copy",
    "print_server",
    "secret_service",
]
