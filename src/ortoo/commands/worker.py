"""`./ortoo worker`: does long work until it is stopped; first takes up what a crash left."""

import django


def main(argv: list[str]) -> int:
    """Recover, then work; ends with its parent when `--with-parent` is given."""
    django.setup()
    from django.core.management import call_command

    from ortoo.commands.parent import end_with_parent
    from ortoo.kernel import jobs

    if "--with-parent" in argv:
        end_with_parent()
    jobs.recover()
    call_command("db_worker", interval=0.3, reload=False)
    return 0
