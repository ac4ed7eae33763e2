"""PostgreSQL, Redis and the supervisor of one machine; knows nothing of Django or the shop."""
