"""Has an authority stamp the head of the log by RFC 3161, and checks its stamps."""

import hashlib
import http.client
import ssl
import urllib.error
import urllib.request
from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.db import connection, transaction
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from decisions.capture_log.entries import head_text
from decisions.capture_log.tree import GrowingTree
from decisions.models import CaptureLogEntry, CaptureLogHead

# Seconds that the authority may take for each step, and most bytes of its reply.
TIMEOUT = 30
MAX_REPLY_BYTES = 100_000


class StampError(Exception):
    """The log could not be stamped. The message says why, to whoever runs the command."""


def stamp() -> CaptureLogHead | None:
    """Have the head of the log stamped; None if the last stamp covers all entries.

    Raises StampError, and then has stored nothing.
    """
    if not settings.TIMESTAMP_AUTHORITY or not settings.TIMESTAMP_CERTIFICATES:
        raise StampError(
            "Set TIMESTAMP_AUTHORITY to the address of a time-stamping authority (RFC 3161), and"
            " TIMESTAMP_CERTIFICATES to a PEM file of its certificates."
        )
    certificates = _certificates()
    tree = GrowingTree()
    for leaf in CaptureLogEntry.objects.values_list("leaf", flat=True).iterator():
        tree.add(bytes(leaf))
    if not tree.size or CaptureLogHead.objects.filter(size=tree.size).exists():
        return None
    head = CaptureLogHead(size=tree.size, root=tree.root, certificates=certificates)
    request = (
        TimestampRequestBuilder()
        .data(head_text(head))
        .hash_algorithm(HashAlgorithm.SHA256)
        .nonce(nonce=True)
        .cert_request(cert_request=True)
        .build()
    )
    head.reply = _ask(request.as_bytes())
    try:
        reply = check_stamp(head)
        if reply.tst_info.nonce != request.nonce:
            raise VerificationError("the reply is to another request")
    except (VerificationError, ValueError) as error:
        raise StampError(f"The authority’s reply is no valid stamp: {error}.") from error
    head.stamped_at = reply.tst_info.gen_time
    head.checksum = checksum_of(head)
    with transaction.atomic():
        with connection.cursor() as cursor:  # pages that show the proof change
            cursor.execute("SELECT decisions_advance_change()")
        head.save(force_insert=True)
    return head


def check_stamp(head: CaptureLogHead) -> TimeStampResponse:
    """Check that the reply stamps this head, signed by its certificates.

    Raises VerificationError or ValueError.
    """
    reply = decode_timestamp_response(bytes(head.reply))
    builder = VerifierBuilder()
    for certificate in x509.load_pem_x509_certificates(head.certificates.encode()):
        if certificate.issuer == certificate.subject:
            builder = builder.add_root_certificate(certificate)
        else:
            builder = builder.add_intermediate_certificate(certificate)
    builder.build().verify_message(reply, head_text(head))
    return reply


def checksum_of(head: CaptureLogHead) -> bytes:
    """The hash of what came from the authority."""
    return hashlib.sha256(bytes(head.reply) + head.certificates.encode()).digest()


def _certificates() -> str:
    path = Path(settings.TIMESTAMP_CERTIFICATES)
    try:
        text = path.read_text()
        x509.load_pem_x509_certificates(text.encode())
    except (OSError, ValueError) as error:
        raise StampError(f"TIMESTAMP_CERTIFICATES cannot be read: {path}: {error}") from error
    return text


def _ask(query: bytes) -> bytes:
    """Send a TimeStampReq; returns the TimeStampResp. Raises StampError."""
    address = settings.TIMESTAMP_AUTHORITY
    if not address.startswith(("https://", "http://")):
        raise StampError("TIMESTAMP_AUTHORITY must start with https:// or http://.")
    request = urllib.request.Request(  # noqa: S310 -- the scheme was checked
        address, query, {"Content-Type": "application/timestamp-query"}
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            reply: bytes = answer.read(MAX_REPLY_BYTES)
    except (urllib.error.URLError, http.client.HTTPException, ssl.SSLError, OSError) as error:
        raise StampError(f"The authority {address} did not answer: {error}") from error
    return reply
