import base64

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import pkcs7
from hypothesis import assume, given
from hypothesis import strategies as st

from invoicewatch.errors import DocumentError
from invoicewatch.pages.formats.envelope import MAX_LAYERS, is_envelope, open_envelope
from invoicewatch.pages.formats.media_type import detect_media_type
from invoicewatch.records import Signature, SignatureState
from tests.unit.pages.formats.signing import SIGNER, make_streamed, sign

CONTENT = b"<?xml version='1.0'?><p:FatturaElettronica xmlns:p='urn:x'>" + b"<a>1</a>" * 40 + b"</p:FatturaElettronica>"
INTACT = Signature(SignatureState.INTACT, SIGNER)
DER = sign(CONTENT)


def armour(der):
    return b"-----BEGIN PKCS7-----\n" + base64.encodebytes(der) + b"-----END PKCS7-----\n"


@pytest.mark.parametrize(
    "container",
    [
        DER,
        make_streamed(CONTENT),
        base64.b64encode(DER),
        base64.encodebytes(DER),
        b"\r\n" + base64.encodebytes(make_streamed(CONTENT)),
        armour(DER),
        sign(CONTENT, kind="ec"),
        sign(CONTENT, digest=hashes.SHA512()),
        sign(CONTENT, options=(pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoAttributes)),
    ],
    ids=["DER", "streamed", "base64", "lines", "streamed base64", "armour", "ECDSA", "SHA-512", "no attributes"],
)
def test_the_content_is_taken_out_and_the_signature_is_intact(container):
    assert detect_media_type(container[:65536]) == "application/pkcs7-mime"
    assert open_envelope(container, "a.xml.p7m") == (CONTENT, INTACT)


def test_content_that_was_changed_breaks_the_signature():
    content, signature = open_envelope(DER.replace(b"<a>1</a>", b"<a>9</a>", 1), "a.xml.p7m")
    assert b"<a>9</a>" in content
    assert signature == Signature(SignatureState.BROKEN, SIGNER, "the content was changed after it was signed")


def test_a_signature_of_another_key_is_broken():
    from asn1crypto import cms

    info = cms.ContentInfo.load(DER)
    signer = info["content"]["signer_infos"][0]
    signer["signature"] = bytes(signer["signature"].native[:-1]) + b"\0"
    _, signature = open_envelope(info.dump(force=True), "a.p7m")
    assert signature.state is SignatureState.BROKEN
    assert "not made with the key" in signature.words


def test_a_container_without_signers_says_so():
    from asn1crypto import cms

    info = cms.ContentInfo.load(DER)
    info["content"]["signer_infos"] = []
    content, signature = open_envelope(info.dump(force=True), "a.p7m")
    assert (content, signature.state) == (CONTENT, SignatureState.MISSING)


def test_a_signature_without_its_certificate_is_not_checked():
    bare = sign(CONTENT, options=(pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoCerts))
    assert open_envelope(bare, "a.p7m")[1].state is SignatureState.NOT_CHECKED


def test_a_container_in_a_container_is_opened_and_the_worse_signature_counts():
    spoilt = DER.replace(b"<a>1</a>", b"<a>9</a>", 1)
    content, signature = open_envelope(sign(spoilt), "a.xml.p7m.p7m")
    assert b"<a>9</a>" in content
    assert signature.state is SignatureState.BROKEN


def test_containers_without_end_are_refused():
    container = CONTENT
    for _ in range(MAX_LAYERS + 1):
        container = sign(container)
    with pytest.raises(DocumentError, match="signed more than 4 times"):
        open_envelope(container, "a.p7m")


def test_a_detached_signature_is_refused_and_says_what_it_lacks():
    detached = sign(CONTENT, options=(pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.DetachedSignature))
    with pytest.raises(DocumentError, match="not what was signed") as caught:
        open_envelope(detached, "a.p7m")
    assert caught.value.code == "unsupported"


@given(st.integers(12, len(DER) - 1), st.integers(0, 255))
def test_a_container_with_any_byte_changed_is_refused_or_says_so_or_still_holds_the_content(place, byte):
    spoilt = DER[:place] + bytes([byte]) + DER[place + 1 :]
    assume(is_envelope(spoilt))
    try:
        content, signature = open_envelope(spoilt, "a.p7m")
    except DocumentError:
        return
    assert content == CONTENT or signature.state is not SignatureState.INTACT


@given(st.integers(30, len(DER) - 1))
def test_a_container_that_breaks_off_is_refused(length):
    if is_envelope(DER[:length]):
        with pytest.raises(DocumentError):
            open_envelope(DER[:length], "a.p7m")


def test_containers_nested_to_exhaust_the_stack_are_refused():
    oid = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
    with pytest.raises(DocumentError):
        open_envelope(b"\x30\x80" + oid + b"\xa0\x80" * 200_000, "a.p7m")


@pytest.mark.parametrize("content", [b"MIIcE is the beginning of a word" * 9, b"\x30\x03\x02\x01\x01", b"", b"30"])
def test_what_is_no_container_is_not_taken_for_one(content):
    assert not is_envelope(content)
