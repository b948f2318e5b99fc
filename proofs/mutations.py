"""The changes themselves: a right removed or widened, a list shortened, a move or a stage declared otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from typing import Any

from intake.policy import DECLARING_ROLES, POLICY, Role, Rule, checks, table
from intake.workflow import machine
from intake.workflow.procedure import STAGE_FLAGS, Procedure, Stage, Transition
from intake.workflow.procedures import KH01

CACHED = ("_stages", "_transitions", "initial", "asking_stages")


@dataclass(frozen=True)
class Mutation:
    """One change: `about` is the action or the move it concerns, `change` makes it and answers how to undo it."""

    name: str
    about: str
    change: Callable[[], Callable[[], None]]

    @contextmanager
    def applied(self) -> Iterator[None]:
        undo = self.change()
        try:
            yield
        finally:
            undo()


def every_mutation() -> list[Mutation]:
    """Each line of the policy, each list of it, each move, stage and body of kh01, changed once in each way."""
    return [*rights(), *lists(), *moves(), *stages(), *bodies()]


# Rights


def rights() -> Iterator[Mutation]:
    for action, rules in POLICY.items():
        for rule in rules:
            label = f"{action}: {described(rule)}"
            others = tuple(one for one in rules if one != rule)
            yield Mutation(f"{label} removed", action, entry(action, others))
            for what, wider in widened(rule):
                yield Mutation(f"{label} {what}", action, entry(action, (*others, wider)))
        yield Mutation(f"{action}: given to one role more", action, entry(action, (*rules, Rule(stranger(rules)))))


def described(rule: Rule) -> str:
    ties = "+".join(relation.value for relation in rule.relations)
    return " ".join(filter(None, (rule.role.value, ties, rule.when)))


def widened(rule: Rule) -> Iterator[tuple[str, Rule]]:
    if rule.relation is not None:
        yield "without its relation", replace(rule, relation=rule.also, also=None)
    if rule.also is not None:
        yield "without its second relation", replace(rule, also=None)
    if rule.when is not None:
        yield "at every stage", replace(rule, when=None)
        yield "at other stages", replace(rule, when=next(f for f in sorted(STAGE_FLAGS) if f != rule.when))
    role = next(role for role in Role if role is not rule.role)
    yield f"given to {role.value}", replace(rule, role=role)


def stranger(rules: tuple[Rule, ...]) -> Role:
    """A role that the action does not admit at all; the administrator where all persons are admitted."""
    admitted = {rule.role for rule in rules}
    return next((role for role in reversed(Role) if role not in admitted), Role.SYSTEM)


def entry(action: str, rules: tuple[Rule, ...]) -> Callable[[], Callable[[], None]]:
    return put(POLICY, action, rules)


def put(mapping: dict[str, Any], key: str, value: Any) -> Callable[[], Callable[[], None]]:
    def change() -> Callable[[], None]:
        before = mapping[key]
        mapping[key] = value
        return lambda: mapping.__setitem__(key, before)

    return change


# Lists of the policy: who must declare, whom a conflict stops, what is refused with 404


def lists() -> Iterator[Mutation]:
    for name in ("OFFICIAL_ROLES", "DECLARING_ROLES", "OWN_WORK", "PRE_DECLARATION_ACTIONS"):
        whole: frozenset[str] = getattr(checks, name)
        for one in sorted(filter(matters, whole)):
            yield Mutation(f"{name} without {one}", one, attribute(checks, name, whole - {one}))
    for action, gate in table.GATES.items():
        other = "session.read" if gate == table.COVER else table.COVER
        yield Mutation(f"{action} hidden behind {other}", action, put(table.GATES, action, other))


def matters(entry: str) -> bool:
    """An action that nobody who must declare may do asks for no declaration either way."""
    rules = POLICY.get(entry)
    return rules is None or any(rule.role in DECLARING_ROLES for rule in rules)


def attribute(owner: Any, name: str, value: Any) -> Callable[[], Callable[[], None]]:
    def change() -> Callable[[], None]:
        before = getattr(owner, name)
        setattr(owner, name, value)
        return lambda: setattr(owner, name, before)

    return change


# Moves


def moves() -> Iterator[Mutation]:
    for transition in KH01.transitions:
        for what, changed in otherwise(transition):
            yield Mutation(f"{transition.name} {what}", transition.name, declared(transition, changed))


def otherwise(transition: Transition) -> Iterator[tuple[str, Transition | None]]:
    yield "removed", None
    states = [stage.id for stage in KH01.stages]
    for source, target in transition.targets.items():
        targets = dict(transition.targets)
        if len(targets) > 1:
            makers = {at: roles for at, roles in transition.makers.items() if at != source}
            left = {at: to for at, to in targets.items() if at != source}
            yield f"not from {source}", rewritten(transition, targets=left, makers=makers)
        other = next(state for state in states if state not in (source, target))
        yield f"from {source} to {other}", rewritten(transition, targets=targets | {source: other})
    more = next(stage.id for stage in KH01.stages if stage.is_open and stage.id not in transition.targets)
    target = next(iter(transition.targets.values()))
    yield f"also from {more}", rewritten(transition, targets=dict(transition.targets) | {more: target})
    for flag in ("needs_reason", "by_session", "by_role_system"):
        yield f"{flag} turned", rewritten(transition, **{flag: not getattr(transition, flag)})
    yield from other_makers(transition)
    for name in ("required_data", "optional_data"):
        keys = getattr(transition, name)
        for key in keys:
            yield f"without {key}", rewritten(transition, **{name: tuple(one for one in keys if one != key)})


def other_makers(transition: Transition) -> Iterator[tuple[str, Transition]]:
    for state, roles in transition.makers.items():
        left = {at: who for at, who in transition.makers.items() if at != state}
        yield f"by anybody from {state}", rewritten(transition, makers=left)
        for role in roles:
            fewer = tuple(one for one in roles if one != role)
            yield f"not by {role} from {state}", rewritten(transition, makers=left | {state: fewer})


def rewritten(transition: Transition, **changes: Any) -> Transition:
    kept = {one.name: getattr(transition, one.name) for one in fields(transition)}
    return Transition(**kept | {"sources": (), "target": ""} | changes)


def declared(before: Transition, after: Transition | None) -> Callable[[], Callable[[], None]]:
    changed = (after if one is before else one for one in KH01.transitions)
    transitions = tuple(one for one in changed if one is not None)
    return lambda: redeclare(transitions=transitions)


def redeclare(**changes: Any) -> Callable[[], None]:
    """Change the one object that everybody holds, as if it had been declared so; it is checked as at a start."""
    Procedure(**{one.name: getattr(KH01, one.name) for one in fields(KH01)} | changes)
    before = {name: getattr(KH01, name) for name in changes}
    write(changes)
    return lambda: write(before)


def write(values: dict[str, Any]) -> None:
    for name, value in values.items():
        object.__setattr__(KH01, name, value)
    for name in CACHED:
        vars(KH01).pop(name, None)
    machine._machine.cache_clear()


# Stages and bodies


def stages() -> Iterator[Mutation]:
    for stage in KH01.stages:
        for what, changed in staged(stage):
            others = tuple(changed if one is stage else one for one in KH01.stages)
            yield Mutation(f"{stage.id} {what}", stage.id, lambda others=others: redeclare(stages=others))


def staged(stage: Stage) -> Iterator[tuple[str, Stage]]:
    for flag in sorted(STAGE_FLAGS):
        yield f"{flag} turned", replace(stage, **{flag: not getattr(stage, flag)})
    if stage.is_open:
        holder = "secretariat" if stage.holder != "secretariat" else "owner"
        yield f"held by {holder}", replace(stage, holder=holder)
        yield "a day longer", replace(stage, days=(stage.days or 0) + 1)
        yield "due otherwise", replace(stage, due="given_day" if stage.due != "given_day" else "days")
    if stage.agenda_holder:
        yield "on an agenda still with its holder", replace(stage, agenda_holder=None)
    yield "in another hue", replace(stage, tag="done" if stage.tag != "done" else "")


def bodies() -> Iterator[Mutation]:
    for body in KH01.bodies:
        for name in ("systems", "kinds"):
            for value in sorted(getattr(body, name)):
                fewer = replace(body, **{name: getattr(body, name) - {value}})
                others = tuple(fewer if one is body else one for one in KH01.bodies)
                label = f"{body.organisation_id} without {value}"
                yield Mutation(label, "deciding_body", lambda others=others: redeclare(bodies=others))
    swapped = tuple(reversed(KH01.bodies))
    yield Mutation("bodies in the other order", "deciding_body", lambda: redeclare(bodies=swapped))
