"""A person with a certificate made here, who signs PDFs as the offices do with their tokens."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from asn1crypto import keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

SIGNER = "Văn phòng Trung ương Đảng (thử)"


@cache
def hand(name: str = SIGNER) -> Any:
    """A signer with a key and a certificate of the name's own making."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        certificates.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=400))
        .add_extension(certificates.KeyUsage(True, True, *[False] * 7), critical=True)
        .sign(key, hashes.SHA256())
    )
    der, form = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8
    private = keys.PrivateKeyInfo.load(key.private_bytes(der, form, serialization.NoEncryption()))
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.public_bytes(der)),
        signing_key=private,
        cert_registry=SimpleCertificateStore(),
    )


def signed(pdf: bytes, name: str = SIGNER, field: str = "ChuKy1") -> bytes:
    """`pdf` with a signature added behind it."""
    written = BytesIO()
    file = IncrementalPdfFileWriter(BytesIO(pdf))
    how = signers.PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    with ThreadPoolExecutor(1) as apart:  # pyHanko starts an event loop, and a browser's may be running in this thread
        apart.submit(signers.sign_pdf, file, how, signer=hand(name), output=written).result()
    return written.getvalue()


def rewritten(pdf: bytes) -> bytes:
    """`pdf` with another page added behind it, as somebody might who then signs it."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.writer import PageObject

    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    content = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    box = generic.ArrayObject([generic.NumberObject(number) for number in (0, 0, 100, 100)])
    writer.insert_page(PageObject(contents=content, media_box=box))
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def overwritten(pdf: bytes) -> bytes:
    """`pdf` with the text of its first page written anew behind it, as long as before."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    found: Any = writer.find_page_for_modification(0)
    page = found[0].get_object()
    content = page["/Contents"]
    content._data = content.data.replace(b" Tj", b" T*", 1)
    content._encoded_data = None
    writer.mark_update(page.raw_get("/Contents"))
    written = BytesIO()
    writer.write(written)
    return written.getvalue()
