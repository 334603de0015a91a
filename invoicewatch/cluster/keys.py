"""Make a cluster's own authority, and for each machine a key and a certificate by it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from invoicewatch.errors import ConfigError

AUTHORITY = "ca"
_ISSUER = "invoicewatch cluster"
_VALID = timedelta(days=3650)
_EARLIER = timedelta(hours=1)  # another machine's clock may be behind


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """Where a name's certificate and key lie."""

    certificate: Path
    key: Path

    @classmethod
    def of(cls, folder: Path, name: str) -> KeyFiles:
        """Those of ``name`` in ``folder``."""
        return cls(folder / f"{name}.pem", folder / f"{name}.key")


def make_keys(folder: Path, names: tuple[str, ...]) -> list[KeyFiles]:
    """Make a key and a certificate for each name, and the authority if the folder has none yet; overwrite nothing.

    Raises:
        ConfigError: A name cannot be a file's, is taken, or the folder cannot be written.
    """
    for name in names:
        if not name.replace("-", "").replace("_", "").isalnum() or not name.isascii() or name == AUTHORITY:
            raise ConfigError(f"{name!r} cannot be a machine's name", remedy="Use letters, digits, - and _.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        authority = KeyFiles.of(folder, AUTHORITY)
        if not authority.key.exists():
            _make_authority(authority)
        made = [KeyFiles.of(folder, name) for name in names]
        for name, files in zip(names, made, strict=True):
            _make_machine(name, files, authority)
    except FileExistsError as exc:
        raise ConfigError(f"{exc.filename} is there already", remedy="Choose another name or folder.") from exc
    except (OSError, ValueError) as exc:
        raise ConfigError(f"cannot make keys in {folder}: {exc}", remedy="Choose another folder.") from exc
    return made


def _make_authority(files: KeyFiles) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _begin(_ISSUER, key.public_key(), key.public_key())
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_allow(signing=False), critical=True)
    _write(files, key, builder.sign(key, hashes.SHA256()))


def _make_machine(name: str, files: KeyFiles, authority: KeyFiles) -> None:
    signing = serialization.load_pem_private_key(authority.key.read_bytes(), password=None)
    assert isinstance(signing, ec.EllipticCurvePrivateKey), "we made it"
    key = ec.generate_private_key(ec.SECP256R1())
    purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH])
    builder = _begin(name, key.public_key(), signing.public_key())
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_allow(signing=True), critical=True).add_extension(purposes, critical=False)
    _write(files, key, builder.sign(signing, hashes.SHA256()))


def _begin(name: str, key: ec.EllipticCurvePublicKey, issuer: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _ISSUER)]))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(now + _VALID)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), critical=False)
    )


def _allow(*, signing: bool) -> x509.KeyUsage:
    """To sign what is said, or certificates."""
    return x509.KeyUsage(signing, False, False, False, False, not signing, not signing, False, False)


def _write(files: KeyFiles, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for file, content, mode in (
        (files.key, secret, 0o600),
        (files.certificate, certificate.public_bytes(serialization.Encoding.PEM), 0o644),
    ):
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as handle:
            handle.write(content)
