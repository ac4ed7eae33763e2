"""Passwords of tests: hashed the usual way, only not for long."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """One round. The shop's own processes read the hash, because it names its rounds."""

    iterations = 1
