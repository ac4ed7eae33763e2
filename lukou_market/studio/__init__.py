"""The host's console: streams, offers, packing and requests for money back."""
