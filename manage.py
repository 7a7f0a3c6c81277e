#!/usr/bin/env python
"""The one entry point: start, migrate, import_outputs, ..."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kesos_repo.settings")
    from django.core.management import execute_from_command_line

    from kesos_repo import embedded

    if sys.argv[1:2] != ["start"]:  # which starts it itself, and stops it
        try:
            embedded.ensure_running()
        except embedded.EmbeddedError as error:
            sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
