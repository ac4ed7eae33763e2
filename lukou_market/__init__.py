"""Lukou Market: a village's livestream shop, and the book behind it."""

from lukou_market.celery import app as celery_app

__all__ = ["celery_app"]
