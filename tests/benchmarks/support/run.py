"""python -m tests.benchmarks.support.run NAME: in a process where Django is set up."""

import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    import_module(f"tests.benchmarks.{sys.argv[1]}").main()
