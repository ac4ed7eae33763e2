"""Who is asking."""

from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request


def buyer_id_of(request: Request) -> int:
    """The id of the user who sent the token. Raises NotAuthenticated without one."""
    user_id = request.user.pk
    if user_id is None:
        raise NotAuthenticated
    return user_id
