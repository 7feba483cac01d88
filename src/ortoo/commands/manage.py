"""`./ortoo manage …`: Django's own commands with Ortoo's settings."""

from django.core.management import execute_from_command_line


def main(argv: list[str]) -> int:
    """Hand the line to Django."""
    execute_from_command_line(["ortoo manage", *argv])
    return 0
