"""The channels that the settings ask for; by default none."""

from __future__ import annotations

from pathlib import Path

from invoicewatch.config import NotifySettings
from invoicewatch.daemon.tell.channel import Channel
from invoicewatch.errors import ConfigError


def open_channels(settings: NotifySettings) -> tuple[Channel, ...]:
    """Make them ready; nothing is sent. Raises ConfigError if a secret or an extra is missing."""
    channels: list[Channel] = []
    if settings.command:
        from invoicewatch.daemon.tell.command import CommandChannel

        channels.append(CommandChannel(settings.command, settings.timeout_s))
    if settings.webhook:
        from invoicewatch.daemon.tell.webhook import WebhookChannel

        channels.append(WebhookChannel(settings.webhook, _read_secret(settings), settings.timeout_s))
    if settings.apprise:
        from invoicewatch.daemon.tell.apprise import AppriseChannel

        channels.append(AppriseChannel(settings.apprise))
    return tuple(channels)


def _read_secret(settings: NotifySettings) -> bytes:
    file = settings.webhook_secret_file
    remedy = "Write a long random text into a file that only the service may read, and name it there."
    if not file:
        raise ConfigError("[notify] webhook needs webhook_secret_file: notices are signed", remedy=remedy)
    try:
        secret = Path(file).read_bytes().strip()
    except OSError as exc:
        raise ConfigError(f"[notify] webhook_secret_file: cannot read {file}: {exc.strerror}", remedy=remedy) from exc
    if not secret:
        raise ConfigError(f"[notify] webhook_secret_file: {file} is empty", remedy=remedy)
    return secret
