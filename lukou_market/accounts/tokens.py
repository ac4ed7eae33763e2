"""Signed access tokens (JWT), checked without a query."""

from rest_framework_simplejwt.authentication import JWTStatelessUserAuthentication


class TokenAuthentication(JWTStatelessUserAuthentication):
    """`Authorization: Bearer …`; `request.user.id` is the user's id, nothing is looked up."""
