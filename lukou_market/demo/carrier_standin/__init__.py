"""A stand-in for carriers, over HTTP: parcels are booked, accepted, travel, and arrive."""
