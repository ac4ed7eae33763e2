"""Sign-in in JSON."""

from typing import Any

from rest_framework import serializers


class CodeBody(serializers.Serializer[Any]):
    """Where to send a code."""

    phone = serializers.CharField(max_length=20, help_text="A mobile phone of mainland China.")


class CodeAnswer(serializers.Serializer[Any]):
    """The same for every phone."""

    expires_in = serializers.IntegerField(help_text="Seconds the code is valid.")


class TokensBody(serializers.Serializer[Any]):
    """The code as it arrived on the phone."""

    phone = serializers.CharField(max_length=20)
    code = serializers.CharField(max_length=10, help_text="Six digits.")


class TokensAnswer(serializers.Serializer[Any]):
    """Send `access` as `Authorization: Bearer …`; renew it with `refresh`."""

    access = serializers.CharField()
    refresh = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds the access token is valid.")


class RefreshBody(serializers.Serializer[Any]):
    """The refresh token got at sign-in."""

    refresh = serializers.CharField(max_length=2000)


class RefreshAnswer(serializers.Serializer[Any]):
    """The next access token."""

    access = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds the access token is valid.")
