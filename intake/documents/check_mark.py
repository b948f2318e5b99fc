"""The mark by which anybody checks a document: code, address, QR picture and hash."""

from __future__ import annotations

from typing import Any

import segno

HASH_IN_QR = 16


def check_mark(doc: str, url: str, sha256: str, hash_label: str) -> dict[str, Any]:
    """Context of the check mark; the QR carries the address and the start of the hash."""
    address = f"{url}?h={sha256[:HASH_IN_QR]}"
    qr = segno.make(address, error="m", micro=False).svg_data_uri(border=0)
    return {"code": doc, "url": url, "qr": qr, "hash": sha256, "hash_label": hash_label}
