"""Where anybody verifies a paper: its QR code leads there."""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse


def verify_address(sha256: str) -> str:
    """The page that says what the paper or file of this hash is."""
    return urljoin(settings.PUBLIC_BASE_URL, reverse("storefront:verify", args=[sha256]))
