"""A local HTTP server that speaks the part of Stripe's API the shop uses.

Standard library only. `server.StandIn` runs it inside a test, `python -m` as a process.
"""
