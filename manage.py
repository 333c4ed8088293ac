#!/usr/bin/env python
"""Django's command line."""

import os
import sys

from django.core.management import execute_from_command_line

from casetransfer.servers import ServerTrouble

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casetransfer.settings")
    try:
        execute_from_command_line(sys.argv)
    except ServerTrouble as trouble:
        sys.exit(str(trouble))
