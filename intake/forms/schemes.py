"""The form of a new version of the scoring scheme, made from what a scheme consists of."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from wtforms import Field, StringField, TextAreaField

from intake.catalogue import CRITERIA
from intake.forms.administration import parsed
from intake.forms.desks import DeskForm
from intake.i18n import LANGUAGES, N_, Message
from intake.scoring.scheme_terms import ANCHORED, FIGURES, anchor_name, weight_name

EFFECTIVE_FROM = "effective_from"
LANGUAGE_NAMES = {"vi": N_("in Vietnamese"), "en": N_("in English")}


class TermsForm(DeskForm):
    """What all versions have, whatever their criteria."""

    @property
    def day(self) -> date:
        return parsed(self[EFFECTIVE_FROM].data, EFFECTIVE_FROM)

    @property
    def terms(self) -> dict[str, str]:
        """Everything but the day, as it was written."""
        return {name: value or "" for name, value in self.data.items() if name != EFFECTIVE_FROM}

    @property
    def weights(self) -> list[Field]:
        return [self[weight_name(id)] for id in CRITERIA]

    @property
    def figures(self) -> list[Field]:
        return [self["criterion_floor"], *(self[figure.name] for figure in FIGURES)]

    @property
    def anchors(self) -> list[dict[str, Any]]:
        """The levels of each criterion; open where something is to be put right."""
        found = []
        for id, criterion in CRITERIA.items():
            fields = [self[anchor_name(id, level, language)] for level in ANCHORED for language in LANGUAGES]
            is_open = any(field.errors for field in fields)
            found.append({"criterion": criterion, "fields": fields, "is_open": is_open})
        return found


@cache
def scheme_form() -> type[TermsForm]:
    """The form with a field for every term."""
    labels: dict[str, Message] = {EFFECTIVE_FROM: N_("In force from"), "criterion_floor": N_("Floor of each criterion")}
    fields: dict[str, Any] = {EFFECTIVE_FROM: StringField(), "criterion_floor": StringField()}
    for figure in FIGURES:
        fields[figure.name], labels[figure.name] = StringField(), figure.label
    for id, criterion in CRITERIA.items():
        fields[weight_name(id)] = StringField()
        labels[weight_name(id)] = N_("Weight: %(criterion)s", criterion=criterion.name)
        for level in ANCHORED:
            for language in LANGUAGES:
                name, said = anchor_name(id, level, language), LANGUAGE_NAMES[language]
                fields[name], labels[name] = (
                    TextAreaField(),
                    N_("Level %(level)s %(language)s", level=level, language=said),
                )
    return type("SchemeForm", (TermsForm,), {**fields, "labels": labels})
