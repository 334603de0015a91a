"""How the parts of a cluster speak: mutual TLS, or in the clear on one machine alone."""

from __future__ import annotations

import ipaddress
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from invoicewatch.errors import ConfigError, DependencyError

if TYPE_CHECKING:
    from distributed.security import Security


def check_address(address: str, ca: str, certificate: str, key: str) -> None:
    """See that nothing would travel in the clear between machines, and that the certificate's files are there.

    Raises:
        ConfigError: ``tcp://`` to another machine, or ``tls://`` without all three files.
    """
    url = urlsplit(address)
    if url.scheme == "tcp":
        if not _is_loopback(url.hostname or ""):
            raise ConfigError(
                f"{address} would carry documents in the clear",
                remedy="Write tls:// and name ca, certificate and key in [cluster]; `invoicewatch cluster keys`.",
                code="cluster_clear",
            )
        return
    for name, file in (("ca", ca), ("certificate", certificate), ("key", key)):
        if not file or not Path(file).is_file():
            raise ConfigError(
                f"[cluster] {name} names no file for {address}: {file or 'it is empty'}",
                remedy="Make the files with `invoicewatch cluster keys`.",
                code="cluster_keys",
            )


def make_security(address: str, ca: str, certificate: str, key: str) -> Security:
    """Dask's settings: for ``tls://`` both sides show a certificate of the cluster's own authority."""
    from distributed.security import Security

    if address.startswith("tcp://"):
        return Security(require_encryption=False)
    pair = {f"tls_{role}_{what}": file for role in _ROLES for what, file in (("cert", certificate), ("key", key))}
    return Security(tls_ca_file=ca, require_encryption=True, tls_min_version=_TLS_1_3, **pair)


def check_dask() -> None:
    """See that the extra is installed, without importing it. Raises DependencyError."""
    if find_spec("distributed") is None:
        raise DependencyError("Dask is not installed", remedy="Install invoicewatch[cluster].", code="cluster_missing")


_ROLES = ("scheduler", "worker", "client")
_TLS_1_3 = 0x304


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"
