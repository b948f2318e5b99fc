"""What came with a request, read and checked: JSON of bounded size, texts a database can keep, exact shapes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from flask import request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from intake import outline
from intake.api.operations import ANY_BYTES
from intake.errors import Invalid, TooLarge
from intake.i18n import N_, Message
from intake.outline.interchange import LARGEST_FILE

LARGEST_BODY = LARGEST_FILE
Shape = TypeVar("Shape", bound=BaseModel)

UNWRITABLE = N_("This text contains a character that cannot be stored.")
WRONG = N_("This value is not valid.")
MESSAGES: dict[str, Message] = {
    "missing": N_("This is required."),
    "extra_forbidden": N_("There is no such field here."),
    "string_type": N_("Give a text."),
    "int_type": N_("Give a whole number."),
    "int_parsing": N_("Give a whole number."),
    "bool_type": N_("Give true or false."),
    "list_type": N_("Give a list."),
    "dict_type": N_("Give an object."),
    "model_type": N_("Give an object."),
    "date_type": N_("Give a day as YYYY-MM-DD."),
    "date_from_datetime_parsing": N_("Give a day as YYYY-MM-DD."),
    "date_parsing": N_("Give a day as YYYY-MM-DD."),
    "datetime_type": N_("Give a time with its zone, as 2026-11-24T14:00:00+07:00."),
    "datetime_parsing": N_("Give a time with its zone, as 2026-11-24T14:00:00+07:00."),
    "datetime_from_date_parsing": N_("Give a time with its zone, as 2026-11-24T14:00:00+07:00."),
    "timezone_aware": N_("Give a time with its zone, as 2026-11-24T14:00:00+07:00."),
    "out_of_time": N_("Give a time between the years 2000 and 2199."),
    "one_of_two": N_("Name either a reviewer or an adviser."),
}


def sent_json() -> Any:
    """The JSON value of the body, or None when there is no body; raises the errors of size, media type and form."""
    if not request.content_length and "Transfer-Encoding" not in request.headers:
        return None
    if not request.is_json:
        raise UnsupportedMediaType()
    if (request.content_length or 0) > LARGEST_BODY:
        raise TooLarge()
    data = outline.read_proposal(request.get_data())
    unwritable = [(path, UNWRITABLE) for path in unwritable_paths(data)]
    if unwritable:
        raise Invalid(errors=unwritable)
    return data


def sent_bytes() -> bytes:
    """A body that is a file of any kind; what it may be is for whoever takes it to say."""
    if request.mimetype != ANY_BYTES:
        raise UnsupportedMediaType()
    return request.get_data()


def unwritable_paths(data: Any) -> Iterator[str]:
    """Places of texts with NUL or half a surrogate pair: PostgreSQL stores neither. Never recursive."""
    waiting: list[tuple[str, Any]] = [("", data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            if is_unwritable(value):
                yield path
        elif isinstance(value, Mapping):
            if any(is_unwritable(name) for name in value):
                yield path
            else:
                waiting += [(inside(path, name), part) for name, part in value.items()]
        elif isinstance(value, list):
            waiting += [(inside(path, index), part) for index, part in enumerate(value)]


def is_unwritable(text: str) -> bool:
    return "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text)


def inside(path: str, name: str | int) -> str:
    return f"{path}.{name}" if path else str(name)


def body_as(shape: type[Shape], data: Any) -> Shape:
    """The body in the shape an operation declares; raises Invalid with the path of each error."""
    if data is None:
        raise BadRequest()
    try:
        # Through JSON again: there a day is a text, and everything else must have its exact type.
        return shape.model_validate_json(json.dumps(data))
    except ValidationError as error:
        raise Invalid(errors=errors_of(error)) from error


def query_as(shape: type[Shape]) -> Shape:
    """The parameters of the address in the shape an operation declares."""
    try:
        return shape.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise Invalid(errors=errors_of(error)) from error


def errors_of(error: ValidationError) -> list[tuple[str, Message]]:
    """Each error with its path, in words that can be translated."""
    return [(".".join(str(part) for part in one["loc"]), message_of(one)) for one in error.errors(include_url=False)]


def message_of(one: Mapping[str, Any]) -> Message:
    context = one.get("ctx", {})
    if one["type"] == "one_of":
        return N_("Use one of: %(known)s.", known=context["known"])
    if one["type"] == "string_too_long":
        return N_("Use at most %(count)s characters.", count=context["max_length"])
    if one["type"] in ("too_long", "greater_than_equal", "less_than_equal"):
        bound = context.get("max_length", context.get("ge", context.get("le")))
        return N_("This is beyond the limit of %(bound)s.", bound=bound)
    return MESSAGES.get(one["type"], WRONG)
