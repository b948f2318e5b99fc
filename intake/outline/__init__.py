"""The official template declared once, and everything derived from it.

A document is stored as `{"schema", "sections", "administrative", "meta"}` with a random id on every row. It comes in
and goes out as `initiative-proposal/1`, with shown codes (`MT1`, `GD1`, `KPI1`) instead of ids.
"""

from intake.outline.completeness import missing_sections
from intake.outline.differences import Change, SectionChange, changed_sections, diff
from intake.outline.displays import Entry, SectionView, display, display_section
from intake.outline.documents import (
    LARGEST_DOCUMENT,
    Document,
    canonical,
    empty_document,
    fingerprint,
    new_row_id,
    size,
    with_part,
)
from intake.outline.fingerprints import section_fingerprint, section_fingerprints
from intake.outline.form_data import Parsed, read_form, write_form
from intake.outline.interchange import export_proposal, import_proposal, read_proposal, row_codes, shown_part
from intake.outline.json_schema import JSON_SCHEMA
from intake.outline.problems import ADVICE, ERROR, WARNING, Problem, is_submittable
from intake.outline.rules import check, progress
from intake.outline.rules_text import normal_name
from intake.outline.secrecy import SECRET_INITIATIVES, has_mark, referenced_initiatives, stop_reason
from intake.outline.shape import INTERCHANGE, check_interchange, check_section, check_shape
from intake.outline.summary import Kpi, Summary, kpi_rows, partner_contacts, summarise
from intake.outline.walk import OUTLINE
from intake.outline.wording import Sketch, shared_wording, wording_sketch

__all__ = [
    "ADVICE",
    "ERROR",
    "INTERCHANGE",
    "JSON_SCHEMA",
    "LARGEST_DOCUMENT",
    "OUTLINE",
    "SECRET_INITIATIVES",
    "WARNING",
    "Change",
    "Document",
    "Entry",
    "Kpi",
    "Parsed",
    "Problem",
    "SectionChange",
    "SectionView",
    "Sketch",
    "Summary",
    "canonical",
    "changed_sections",
    "check",
    "check_interchange",
    "check_section",
    "check_shape",
    "diff",
    "display",
    "display_section",
    "empty_document",
    "export_proposal",
    "fingerprint",
    "has_mark",
    "import_proposal",
    "is_submittable",
    "kpi_rows",
    "missing_sections",
    "new_row_id",
    "normal_name",
    "partner_contacts",
    "progress",
    "read_form",
    "read_proposal",
    "referenced_initiatives",
    "row_codes",
    "section_fingerprint",
    "section_fingerprints",
    "shared_wording",
    "shown_part",
    "size",
    "stop_reason",
    "summarise",
    "with_part",
    "wording_sketch",
    "write_form",
]
