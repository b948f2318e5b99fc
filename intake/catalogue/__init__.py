"""Official facts as data: systems, initiatives, targets, criteria, organisations, units, each with its source.

Vietnamese wording is that of the documents, English is our translation. Dicts go from id to entry, in official order.
"""

from intake.catalogue.criteria import CRITERIA, Criterion
from intake.catalogue.definitions import DEFINITIONS, Definition
from intake.catalogue.facts import DOCUMENTS, Document, Source
from intake.catalogue.initiatives import INITIATIVE_GROUPS, INITIATIVES, Initiative, InitiativeGroup
from intake.catalogue.organisations import ORGANISATION_KINDS, ORGANISATIONS, Organisation, suggest_organisations
from intake.catalogue.systems import SYSTEMS, System
from intake.catalogue.targets import TARGET_GROUPS, TARGETS, Target, TargetGroup
from intake.catalogue.units import UNITS, Unit

__all__ = [
    "CRITERIA",
    "DEFINITIONS",
    "DOCUMENTS",
    "INITIATIVES",
    "INITIATIVE_GROUPS",
    "ORGANISATIONS",
    "ORGANISATION_KINDS",
    "SYSTEMS",
    "TARGETS",
    "TARGET_GROUPS",
    "UNITS",
    "Criterion",
    "Definition",
    "Document",
    "Initiative",
    "InitiativeGroup",
    "Organisation",
    "Source",
    "System",
    "Target",
    "TargetGroup",
    "Unit",
    "suggest_organisations",
]
