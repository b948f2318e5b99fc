"""Signed PDFs: who signed, and whether what was signed is the document that was issued, byte for byte."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from intake.i18n import N_, Message

ENTERED = {
    "/Catalog": frozenset({"/AcroForm", "/Perms", "/DSS", "/Extensions", "/Version"}),
    "/Page": frozenset({"/Annots"}),
}
PROPERTIES = frozenset({"/ModDate", "/Producer"})
UNREADABLE = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Signature:
    """One digital signature that holds: name and issuer of its certificate, and when it says it was made."""

    signer: str
    issuer: str
    serial: str
    signed_at: datetime | None
    is_last: bool


class Unacceptable(ValueError):
    """The file is not a faithful signed copy; the message says why in words for people."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.id)
        self.message = message


def read_signed(content: bytes, original: bytes) -> list[Signature]:
    """The signatures of `content`, which must be `original` with nothing but signatures added behind its last byte.

    The certificates are named, not judged: which authorities are trusted is for the reader of the names to say.
    """
    if content == original:
        raise Unacceptable(N_("This is the issued file itself, without a signature."))
    if not content.startswith(original):
        raise Unacceptable(
            N_("This is not the issued file with a signature added: its own bytes differ. Sign the file as downloaded.")
        )
    found = embedded(content)
    if not found:
        raise Unacceptable(N_("The file carries no digital signature."))
    if not only_signatures_added(found[0].reader, original):
        raise Unacceptable(N_("Something other than a signature was added to the file."))
    return [checked(place == len(found) - 1, signature) for place, signature in enumerate(found)]


def embedded(content: bytes) -> list[Any]:
    """The signatures in the file, oldest first; a file that cannot be read has none that count."""
    # pyHanko takes a second to load; only who checks a signature should wait for it.
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        return list(PdfFileReader(BytesIO(content)).embedded_signatures)
    except (PdfError, *UNREADABLE) as error:
        raise Unacceptable(N_("The file cannot be read as a PDF.")) from error


def only_signatures_added(reader: Any, original: bytes) -> bool:
    """Whether what came after the issued revision adds signatures and what belongs to them, and nothing to read.

    An issued object may be written anew only where a signature must be entered: in the catalogue, as an annotation of a
    page, in the properties of the file.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    issued = PdfFileReader(BytesIO(original))
    try:
        if written(issued.trailer.raw_get("/Root")) != written(reader.trailer.raw_get("/Root")):
            return False
        return all(
            is_entry(issued.get_object(ref), reader.get_object(ref)) for ref in rewritten_objects(reader, issued)
        )
    except (PdfError, *UNREADABLE):
        return False


def rewritten_objects(reader: Any, issued: Any) -> set[Any]:
    """Objects of the issued file that a later revision wrote again."""
    from pyhanko.pdf_utils.generic import Reference

    first = range(issued.xrefs.total_revisions)
    later = range(issued.xrefs.total_revisions, reader.xrefs.total_revisions)
    old = {
        (ref.idnum, ref.generation) for revision in first for ref in issued.xrefs.explicit_refs_in_revision(revision)
    }
    new = {
        (ref.idnum, ref.generation) for revision in later for ref in reader.xrefs.explicit_refs_in_revision(revision)
    }
    return {Reference(*found) for found in old & new}


def is_entry(old: Any, new: Any) -> bool:
    """Whether the object differs by nothing but the entry of a signature."""
    if written(old) == written(new):
        return True
    if not isinstance(old, dict) or not isinstance(new, dict):
        return False
    kind = old.get("/Type")
    if hasattr(old, "encoded_data") or hasattr(new, "encoded_data"):
        return kind == "/Metadata"
    allowed = PROPERTIES if kind is None else ENTERED.get(str(kind), frozenset())
    names = {name for name in {*old, *new} if written(old.get(name)) != written(new.get(name))}
    if not names <= allowed:
        return False
    widgets = [one.get_object() for one in new.get("/Annots", ())] if kind == "/Page" else []
    fields = new["/AcroForm"].get("/Fields", ()) if kind == "/Catalog" and "/AcroForm" in new else ()
    before = [written(one) for one in old.get("/Annots", ())]
    added = [one for one, raw in zip(widgets, new.get("/Annots", ()), strict=False) if written(raw) not in before]
    return all(one.get("/FT") == "/Sig" for one in [*added, *(field.get_object() for field in fields)])


def written(value: Any) -> bytes:
    """A PDF object as its bytes, so that objects of two files can be compared."""
    if value is None:
        return b""
    stream = BytesIO()
    value.write_to_stream(stream, None)
    return stream.getvalue()


def checked(is_last: bool, signature: Any) -> Signature:
    """One signature, valid over its bytes; the last one must cover the whole file."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(trust_roots=[], allow_fetching=False)
    try:
        # pyHanko starts an event loop, which a thread that runs one already would refuse.
        with ThreadPoolExecutor(1) as apart:
            status = apart.submit(validate_pdf_signature, signature, context).result()
    except (SignatureValidationError, *UNREADABLE) as error:
        raise Unacceptable(N_("A signature in the file cannot be checked.")) from error
    if not (status.intact and status.valid):
        raise Unacceptable(N_("The file was changed after it was signed, or a signature is false."))
    if is_last and status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        raise Unacceptable(N_("Something was added to the file after the last signature."))
    certificate = status.signing_cert
    at = status.signer_reported_dt
    return Signature(
        signer=certificate.subject.human_friendly,
        issuer=certificate.issuer.human_friendly,
        serial=hashlib.sha256(certificate.dump()).hexdigest(),
        signed_at=at.astimezone(UTC) if at else None,
        is_last=is_last,
    )
