"""A stand-in for carriers, over HTTP: every parcel is accepted, travels, and arrives."""
