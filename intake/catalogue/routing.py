"""Which ministries review a proposal unless the secretary or an administrator says otherwise.

Ours: the Plan names no ministry per initiative. A ministry leads where its state management is the subject, or where
conclusion 05-TB/BCĐTW (II.3 to II.7) already made it lead; science and finance are always asked, as they answer for the
selection and for the money (05-TB/BCĐTW, II.3.a).
"""

from __future__ import annotations

from dataclasses import dataclass

ALWAYS_ASKED = ("bkhcn", "btc")


@dataclass(frozen=True)
class Routing:
    """The lead ministry and the cooperating ones, as organisation ids, the lead never among them."""

    lead: str
    cooperating: tuple[str, ...]


def _routing(lead: str, *cooperating: str) -> Routing:
    asked = dict.fromkeys((*cooperating, *ALWAYS_ASKED))
    return Routing(lead, tuple(ministry for ministry in asked if ministry != lead))


ROUTING_BY_INITIATIVE: dict[str, Routing] = {
    "sk01": _routing("btp", "bnv", "vpcp"),
    "sk02": _routing("bkhcn", "bca", "bnv", "vpcp"),
    "sk03": _routing("bca", "bqp"),
    "sk04": _routing("bkhcn", "bct", "bgddt"),
    "sk05": _routing("bct", "bnnmt", "bca"),
    "sk06": _routing("bkhcn", "bca"),
    "sk07": _routing("bkhcn", "bct", "bvhttdl", "bnnmt"),
    "sk08": _routing("bct"),
    "sk09": _routing("bqp", "bca", "bct"),
    "sk10": _routing("byt", "bca"),
    "sk11": _routing("bgddt", "bvhttdl"),
    "sk12": _routing("bnnmt", "bct"),
    "sk13": _routing("bnnmt", "bxd"),
    "sk14": _routing("bkhcn", "bgddt", "bca", "bdttg"),
    "sk15": _routing("bvhttdl", "bgddt", "byt", "bdttg"),
    "sk16": _routing("bkhcn", "bct", "bca"),  # 05-TB/BCĐTW, II.4.d
    "sk17": _routing("bca", "bqp"),  # 05-TB/BCĐTW, II.4.b
    "sk18": _routing("bkhcn", "bct", "bca"),
    "sk19": _routing("bca", "btp", "bnv", "bnnmt"),  # 05-TB/BCĐTW, II.4.b
    "sk20": _routing("bqp", "bca"),  # the Government Cipher Committee belongs to the Ministry of National Defence
    "sk21": _routing("bkhcn", "bgddt"),
    "sk22": _routing("bnv", "bgddt", "bng"),  # 05-TB/BCĐTW, II.5.a
    "sk23": _routing("bkhcn", "bgddt"),
    "sk24": _routing("bkhcn", "bgddt", "bca"),
    "sk25": _routing("bkhcn", "bvhttdl", "bgddt"),
    "sk26": _routing("bkhcn", "bca", "bgddt"),
    "sk27": _routing("byt"),
    "sk28": _routing("bkhcn", "bct", "bqp", "bca"),
    "sk29": _routing("bxd", "bct"),
    "sk30": _routing("bqp", "bca", "bct"),
}

ROUTING_BY_SYSTEM: dict[str, Routing] = {
    "ht1": _routing("bnv", "btp", "bca", "vpcp"),
    "ht2": _routing("bkhcn", "bct"),
    "ht3": _routing("byt", "bgddt", "bnnmt", "bvhttdl", "bnv"),
    "ht4": _routing("bkhcn", "bca", "bqp"),
    "ht5": _routing("bkhcn", "bgddt", "bnv"),
    "ht6": _routing("bkhcn", "bqp", "bca"),
}


def routing_for(initiative_id: str | None, system_id: str) -> Routing:
    """The default routing of a proposal that details `initiative_id`, or of a new one in `system_id`."""
    return ROUTING_BY_SYSTEM[system_id] if initiative_id is None else ROUTING_BY_INITIATIVE[initiative_id]
