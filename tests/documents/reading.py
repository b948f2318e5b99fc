"""Reads PDFs back with the system's tools, which know nothing of how they were made."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

from pypdf import PdfReader

PAGE_BREAK = "\f"
IDENTIFICATION = ("{http://www.aiim.org/pdfa/ns/id/}", "{http://www.aiim.org/pdfua/ns/id/}")


def pages(pdf: bytes) -> list[str]:
    """The text of each page, words one blank apart."""
    out = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return [" ".join(page.split()) for page in out.decode().split(PAGE_BREAK)[:-1]]


def text(pdf: bytes) -> str:
    """The text in reading order, lines joined."""
    out = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return " ".join(out.decode().split())


def stream(pdf: bytes, running: str = "") -> str:
    """The text in the order in which it was written, cell by cell, without any blank and without the `running` lines.

    `running` is the pattern of what heads and foots say, so that a text which goes on over a page is found.
    """
    out = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return squeezed("\n".join(line for line in out.decode().splitlines() if not (running and re.match(running, line))))


def squeezed(text: str) -> str:
    """`text` without blanks, so that it is found wherever its lines were broken."""
    return "".join(text.split())


def fonts(pdf: bytes, folder: Path) -> set[tuple[str, str, str]]:
    """Name without its subset mark, embedded, with a map to Unicode."""
    file = folder / "fonts.pdf"
    file.write_bytes(pdf)
    out = subprocess.run(["pdffonts", str(file)], capture_output=True, check=True, text=True).stdout
    rows = [line.split() for line in out.splitlines()[2:]]
    return {(row[0].split("+")[-1], row[-5], row[-3]) for row in rows}


def problems(pdf: bytes, folder: Path) -> tuple[int, str]:
    """What qpdf says of the structure: exit code and complaints."""
    file = folder / "checked.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def attachments(pdf: bytes) -> dict[str, bytes]:
    found = PdfReader(io.BytesIO(pdf)).attachments
    return {name: contents[0] for name, contents in found.items()}


def declared(pdf: bytes) -> dict[str, list[str]]:
    """Which standards the file says it follows: each property of the PDF/A and PDF/UA schemas with its values."""
    found: dict[str, list[str]] = {}
    metadata = PdfReader(io.BytesIO(pdf)).xmp_metadata
    assert metadata is not None
    for node in ElementTree.fromstring(metadata.stream.get_data()).iter():
        properties = [*node.attrib.items(), (node.tag, node.text or "")]
        for name, value in properties:
            if name.startswith(IDENTIFICATION):
                standard, _, own_name = name.removeprefix("{http://www.aiim.org/").partition("/ns/id/}")
                found.setdefault(f"{standard}:{own_name}", []).append(value)
    return found


def header_cells(pdf: bytes, folder: Path) -> tuple[int, int]:
    """How many table cells are headers, and how many of these say for what."""
    file = folder / "cells.pdf"
    file.write_bytes(pdf)
    command = ["qpdf", "--qdf", "--object-streams=disable", str(file), "-"]
    written = subprocess.run(command, capture_output=True, check=True).stdout
    return written.count(b"/S /TH\n"), written.count(b"/Scope /Column") + written.count(b"/Scope /Row")
