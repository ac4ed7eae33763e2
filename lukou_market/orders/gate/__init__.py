"""The order gate: one small process that takes orders as fast as PostgreSQL commits them.

`__main__` runs it, `app` answers requests, `batcher` commits those that arrive together.
Whatever is not a plain, well-formed order goes on to the web server (`forward`).
"""
