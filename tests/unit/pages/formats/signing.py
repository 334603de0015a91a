"""Signed containers for the tests, written by another library than the one that reads them."""

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

SIGNER = "Anna Bianchi"


@cache
def make_key(kind):
    """A key of that kind and a certificate that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SIGNER)])
    day = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 77)
        .not_valid_before(day)
        .not_valid_after(day + timedelta(days=900))
        .sign(key, hashes.SHA256())
    )
    return key, certificate


def sign(content, *, kind="rsa", digest=None, options=(pkcs7.PKCS7Options.Binary,), encoding="DER"):
    """``content`` in a signed container."""
    key, certificate = make_key(kind)
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(certificate, key, digest or hashes.SHA256())
    return builder.sign(getattr(serialization.Encoding, encoding), list(options))


def make_streamed(content):
    """The container as programs write it that do not know its length before its end (BER, indefinite lengths)."""
    from asn1crypto import cms

    signed = cms.ContentInfo.load(sign(content))["content"]
    half = len(content) // 2
    pieces = b"".join(_wrap(b"\x04", piece) for piece in (content[:half], content[half:]))
    octets = b"\x24\x80" + pieces + b"\0\0"
    data = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"
    inner = b"\x30\x80" + data + b"\xa0\x80" + octets + b"\0\0" * 2
    before = signed["version"].dump() + signed["digest_algorithms"].dump()
    after = signed["certificates"].dump() + signed["signer_infos"].dump()
    whole = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + b"\xa0\x80\x30\x80" + before + inner + after
    return b"\x30\x80" + whole + b"\0\0" * 3


def _wrap(tag, content):
    return tag + b"\x82" + len(content).to_bytes(2, "big") + content
