"""Everything secret in the settings, which no error and no trace may show."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from loaders.redaction import Redaction
from pagewise.settings import Settings


def redaction_for(settings: Settings) -> Redaction:
    """The redaction of everything secret in the settings."""
    password = urlsplit(settings.database_url).password or ""
    return Redaction(
        keys=(
            settings.google_api_key,
            settings.langsmith_api_key,
            settings.server_key,
            password,
            unquote(password),
            *settings.provider_keys.values(),
        ),
        addresses=filter(_holds_secret, (settings.database_url, settings.chroma_url)),
    )


def _holds_secret(address: str) -> bool:
    """Whether a user, a password or a token may be in it; a bare address has to be told."""
    parts = urlsplit(address)
    return "@" in parts.netloc or bool(parts.query)
