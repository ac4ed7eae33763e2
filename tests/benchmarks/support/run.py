"""python -m tests.benchmarks.support.run NAME: in a process where Django is set up."""

import sys
from importlib import import_module

import django
from django.db import connection

from lukou_market.embedded.postgres import APPLICATION
from lukou_market.kernel.app_rights import grant_rights

if __name__ == "__main__":
    django.setup()
    grant_rights(connection, APPLICATION)  # the shop's own processes connect as it
    import_module(f"tests.benchmarks.{sys.argv[1]}").main()
