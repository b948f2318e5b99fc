"""Answering one call: who, what right, what body, once - then the operation's own view."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Response, g, request
from pydantic import BaseModel

from intake import policy
from intake.api import bearers
from intake.api.bodies import body_as, query_as, sent_bytes, sent_json
from intake.api.languages import language
from intake.api.operations import Operation
from intake.api.resources import resources
from intake.i18n import Message, Text, translate
from intake.policy import Actor, Role, Subject
from intake.policy.table import COVER, OWN_WORK
from intake.services import agendas, idempotency, proposals, rights, sessions
from intake.services.subjects import session_subject

NOBODY = Actor(user_id=None, role=Role.APPLICANT)


@dataclass(frozen=True)
class Call:
    """What a view works with: the database session, who acts, in which language."""

    db: Any
    actor: Actor
    language: str

    def say(self, message: Message | Text | str) -> str:
        """A text in the caller's language."""
        return translate(message, self.language)


@dataclass(frozen=True)
class Reply:
    """An answer with a status or headers of its own; `content` None is an empty body."""

    content: BaseModel | None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def answer(operation: Operation, arguments: dict[str, Any]) -> Response:
    """Run `operation`; what it wrote is committed by the application when the answer is a success."""
    identity = None if operation.is_public else bearers.identity(writes=operation.writes)
    call = Call(g.db, identity.actor if identity else NOBODY, language())
    data = received(operation, call, arguments)
    if not operation.writes:
        return sent(operation, performed(operation, call, arguments, data))

    def work() -> dict[str, Any]:
        return kept(operation, performed(operation, call, arguments, data))

    done = idempotency.once(
        call.db,
        actor=call.actor,
        operation=f"{request.method} {request.path}",
        key=None if operation.leaves_no_trace else request.headers.get("Idempotency-Key"),
        request={"body": data, "query": request.args.to_dict()},
        work=work,
    )
    return written(done)


def received(operation: Operation, call: Call, arguments: dict[str, Any]) -> Any:
    """The JSON that was sent; a file is kept before the transaction starts, once the right to hand it in is sure."""
    if operation.receives is None:
        return sent_json() if operation.writes else None
    with resources().database.reading() as db:
        before = replace(call, db=db)
        given = loaded(operation, before, arguments, None)
        return operation.receives(before, **given, content=sent_bytes())


def performed(operation: Operation, call: Call, arguments: dict[str, Any], data: Any) -> Any:
    """Right first, shape second, the view last: what one may not see is 404 whatever was sent."""
    given = loaded(operation, call, arguments, data)
    if operation.body is not None and not (data is None and operation.is_body_optional):
        given["body"] = body_as(operation.body, data)
    if operation.receives is not None:
        given["file"] = data
    if operation.query is not None:
        given["query"] = query_as(operation.query)
    return operation.view(call, **given)


def loaded(operation: Operation, call: Call, arguments: dict[str, Any], data: Any) -> dict[str, Any]:
    """The arguments with the session and the proposal in place of their number and code, the right checked."""
    given, db, actor = dict(arguments), call.db, call.actor
    action = right(operation, actor, data)
    if operation.is_public or operation.is_self_checked:
        return given
    if "session_id" in given:
        session = given["session"] = sessions.get(db, given.pop("session_id"), actor=actor)
        if "code" in given:
            agendas.item_of(db, session, given["code"], actor=actor, action=action)
        else:
            policy.ensure(actor, action, session_subject(db, session, actor=actor))
    elif "code" in given:
        given["proposal"] = proposal_of(call, given.pop("code"), action, writes=operation.writes)
    else:
        policy.ensure(actor, action, Subject())
    return given


def right(operation: Operation, actor: Actor, data: Any) -> str:
    """The action this call needs: what the body asks for, else the one of those declared that the role may have."""
    if operation.chosen is not None:
        return operation.chosen(data) or operation.action
    declared = (operation.action, *operation.also)
    return next((action for action in declared if actor.role in policy.roles_for(action)), operation.action)


def proposal_of(call: Call, code: str, action: str, *, writes: bool) -> Any:
    """The proposal, when the actor may do `action`; a write that only the stage forbids is 409, not 403."""
    if not writes or action in OWN_WORK:
        return proposals.get(call.db, code, actor=call.actor, action=action)
    proposal = proposals.get(call.db, code, actor=call.actor, action=COVER)
    rights.ensure(call.db, proposal, action, actor=call.actor)
    return proposal


def kept(operation: Operation, result: Any) -> dict[str, Any]:
    """An answer as plain data, so that the same request can be answered again."""
    reply = result if isinstance(result, Reply) else Reply(result)
    content = None if reply.content is None else reply.content.model_dump(mode="json")
    return {"status": reply.status or operation.status, "headers": dict(reply.headers), "content": content}


def written(done: Mapping[str, Any]) -> Response:
    content = done["content"]
    response = Response(status=done["status"])
    if content is not None:
        response.set_data(json.dumps(content, ensure_ascii=False))
        response.mimetype = "application/json"
    response.headers.update(done["headers"])
    return finished(response)


def sent(operation: Operation, result: Any) -> Response:
    """The answer of a reading operation, or 304 when the caller has it already."""
    response = finished(result) if isinstance(result, Response) else written(kept(operation, result))
    tag, _ = response.get_etag()
    if tag and request.if_none_match.contains_weak(tag):
        response.status_code, response.data = 304, b""
    return response


def finished(response: Response) -> Response:
    response.headers["Content-Language"] = language()
    response.headers["Vary"] = "Authorization, Accept-Language"
    return response
