"""What every part of the domain builds on: money, weight, errors, encryption, triggers."""
