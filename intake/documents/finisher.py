"""What WeasyPrint leaves out of an accessible PDF: the scope of header cells, and the PDF/UA mark beside PDF/A."""

from __future__ import annotations

from typing import Any

# PDF/A allows the mark only with a description of its schema, inside the one rdf:RDF.
UA_MARK = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property>"
    b"</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
END_OF_METADATA = b"</rdf:RDF>"


def finish(document: Any, pdf: Any) -> None:
    """Complete a PDF just before it is written; WeasyPrint calls this with its document and the pydyf file."""
    scope_header_cells(pdf)
    mark_accessible(pdf)


def scope_header_cells(pdf: Any) -> None:
    for entry in pdf.objects:
        if isinstance(entry, dict) and entry.get("S") == "/TH":
            row = referred(pdf, entry["P"])
            group = referred(pdf, row["P"])
            entry["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def mark_accessible(pdf: Any) -> None:
    metadata = referred(pdf, pdf.catalog["Metadata"])
    written = metadata.stream[0]
    if b"pdfuaid" not in written:
        metadata.stream[0] = written.replace(END_OF_METADATA, UA_MARK + END_OF_METADATA)


def referred(pdf: Any, reference: bytes | str) -> Any:
    """The object behind a reference such as "12 0 R"."""
    return pdf.objects[int(reference.split()[0])]
