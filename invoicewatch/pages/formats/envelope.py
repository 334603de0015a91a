"""Signed containers (CAdES, ``.p7m``): the content is taken out, and its signature is checked.

Source: RFC 5652 (Cryptographic Message Syntax). What is checked is that the content is what was signed with the key of
the certificate inside. Whether that certificate may be trusted is not: no list of issuers is kept here.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import TYPE_CHECKING, Any

from invoicewatch.errors import DocumentError
from invoicewatch.records import Signature, SignatureState

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

# Of two signers the second sometimes signs the container of the first; deeper is made to be deep.
MAX_LAYERS = 4

SIGNED_DATA = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
"""The object identifier of signed data, 1.2.840.113549.1.7.2, in BER."""

_MAX_HEADER = 10  # a tag, and a length in up to nine bytes
_ARMOUR = re.compile(rb"\s*(?:-----BEGIN (?:PKCS7|CMS|PKCS #7 SIGNED DATA)-----)?\s*")
_ARMOUR_END = re.compile(rb"-----END [^\n]*-----\s*$")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]")
_HEAD_CHARS = 64
# Others (MD5, SHA-1) can be forged, so that a signature over them proves nothing.
_DIGESTS = frozenset({"sha224", "sha256", "sha384", "sha512"})
# What asn1crypto raises on bytes that are no such structure, or are nested to exhaust the stack.
_MALFORMED = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError)


def is_envelope(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is signed data, in BER or as base64 text with or without its armour."""
    if _begins_signed_data(head):
        return True
    text = b"".join(head[_ARMOUR.match(head).end() :].split())[:_HEAD_CHARS]  # type: ignore[union-attr]
    if len(text) < _HEAD_CHARS or not all(_BASE64.match(text[n : n + 1]) for n in range(len(text))):
        return False
    return _begins_signed_data(base64.b64decode(text))


def open_envelope(content: bytes, name: str) -> tuple[bytes, Signature]:
    """What was signed, and what becomes of checking the signature; the worst of several layers or signers counts.

    Args:
        content: Signed data for which ``is_envelope`` holds; what it holds is never longer than it is.
        name: The file's, for messages.

    Raises:
        DocumentError: The container is damaged, is empty because its signature is detached, or holds too many others.
    """
    found: list[Signature] = []
    while is_envelope(content):
        if len(found) == MAX_LAYERS:
            raise DocumentError(f"{name} is signed more than {MAX_LAYERS} times", code="corrupt")
        try:
            content, signatures = _open_layer(_decode(content))
        except _MALFORMED as exc:
            raise DocumentError(
                f"{name} is a damaged signed container: {exc}", remedy="Ask the sender for it again.", code="corrupt"
            ) from exc
        if not content:
            raise DocumentError(
                f"{name} holds a signature and not what was signed",
                remedy="Supply the file that it was made for.",
                code="unsupported",
            )
        found.append(_pick_worst(signatures))
    return content, _pick_worst(found)


def _begins_signed_data(head: bytes) -> bool:
    return head[:1] == b"\x30" and 0 < head[: _MAX_HEADER + len(SIGNED_DATA)].find(SIGNED_DATA) <= _MAX_HEADER


def _decode(content: bytes) -> bytes:
    if _begins_signed_data(content):
        return content
    start = _ARMOUR.match(content)
    text = _ARMOUR_END.sub(b"", content[start.end() if start else 0 :].strip(b"\0 \t\r\n"))
    try:
        return base64.b64decode(b"".join(text.split()), validate=True)
    except binascii.Error as exc:
        message = f"its base64 is broken ({exc})"
        raise ValueError(message) from exc


def _open_layer(encoded: bytes) -> tuple[bytes, list[Signature]]:
    from asn1crypto import cms

    signed = cms.ContentInfo.load(encoded)["content"]
    inner = signed["encap_content_info"]["content"].native
    content = inner if isinstance(inner, bytes) else b""
    signers = list(signed["signer_infos"])
    if not signers:
        return content, [Signature(SignatureState.MISSING, detail="the container names no signer")]
    chosen = signed["certificates"]
    certificates = [each.chosen for each in chosen if each.name == "certificate"] if chosen else []
    return content, [_check_signer(signer, certificates, content) for signer in signers]


def _pick_worst(signatures: list[Signature]) -> Signature:
    order = (SignatureState.BROKEN, SignatureState.MISSING, SignatureState.NOT_CHECKED, SignatureState.INTACT)
    return min(signatures, key=lambda each: order.index(each.state))


def _check_signer(signer: Any, certificates: list[Any], content: bytes) -> Signature:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.x509 import load_der_x509_certificate

    digest = signer["digest_algorithm"]["algorithm"].native
    certificate = next((each for each in certificates if _is_signers(each, signer["sid"])), None)
    if certificate is None:
        return Signature(SignatureState.NOT_CHECKED, detail="the signer's certificate is not in the file")
    name = _name_signer(certificate)
    if digest not in _DIGESTS:
        return Signature(SignatureState.NOT_CHECKED, name, f"it stands on {digest}, which can be forged")
    attributes = signer["signed_attrs"]
    if attributes and _find_digest(attributes) != hashlib.new(digest, content).digest():
        return Signature(SignatureState.BROKEN, name, "the content was changed after it was signed")
    message = attributes.untag().dump() if attributes else content
    try:
        key = load_der_x509_certificate(certificate.dump()).public_key()
        _verify(key, signer, digest, message)
    except InvalidSignature:
        return Signature(SignatureState.BROKEN, name, "it was not made with the key of its certificate")
    except (UnsupportedAlgorithm, *_MALFORMED) as exc:
        return Signature(SignatureState.NOT_CHECKED, name, f"its key or its method is not known here ({exc})")
    return Signature(SignatureState.INTACT, name)


def _is_signers(certificate: Any, signer_id: Any) -> bool:
    if signer_id.name == "subject_key_identifier":
        return bool(certificate.key_identifier == signer_id.chosen.native)
    wanted = signer_id.chosen
    same = certificate.serial_number == wanted["serial_number"].native
    return bool(same and certificate.issuer == wanted["issuer"])


def _name_signer(certificate: Any) -> str:
    subject = certificate.subject.native
    name = subject.get("common_name") or subject.get("organization_name") or ""
    return " ".join(str(name).split())


def _find_digest(attributes: Any) -> bytes:
    found = [each["values"][0].native for each in attributes if each["type"].native == "message_digest"]
    return found[0] if len(found) == 1 else b""


def _verify(key: PublicKeyTypes, signer: Any, digest: str, message: bytes) -> None:
    """Raises InvalidSignature; UnsupportedAlgorithm or ValueError where nobody can say."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    algorithm, signature = signer["signature_algorithm"], signer["signature"].native
    known: Any = getattr(hashes, digest.upper())()
    method = algorithm.signature_algo
    if isinstance(key, rsa.RSAPublicKey) and method == "rsassa_pkcs1v15":
        key.verify(signature, message, padding.PKCS1v15(), known)
    elif isinstance(key, rsa.RSAPublicKey) and method == "rsassa_pss":
        key.verify(signature, message, padding.PSS(padding.MGF1(known), padding.PSS.AUTO), known)
    elif isinstance(key, ec.EllipticCurvePublicKey) and method == "ecdsa":
        key.verify(signature, message, ec.ECDSA(known))
    else:
        raise ValueError(method)
