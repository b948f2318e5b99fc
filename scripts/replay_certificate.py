"""Recompute a score certificate with nothing but Python: `python3 replay_certificate.py CERTIFICATE.json`.

Reads the inputs, computes the official score anew and compares; needs no part of this product.
"""

import hashlib
import json
import sys
from fractions import Fraction
from math import isqrt

NANO = 10**9


def half_up(value):
    return (2 * value.numerator // value.denominator + 1) // 2


with open(sys.argv[1], encoding="utf-8") as file:
    certificate = json.load(file)
inputs, numbers = certificate["inputs"], certificate["numbers"]
canonical = json.dumps(inputs, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
weights = {criterion["id"]: criterion["weight"] for criterion in inputs["scheme"]["criteria"]}
highest = max(int(level) for level in inputs["scheme"]["levels"])

totals = []
for sheet in inputs["sheets"]:
    given = {id: score for id, score in sheet["scores"].items() if score is not None}
    answered = sum(weights[id] for id in given)
    enough = Fraction(answered, sum(weights.values())) >= Fraction(inputs["scheme"]["least_coverage"])
    if given and enough and sheet["is_submitted"] and not sheet["is_conflicted"]:
        totals.append(Fraction(100 * sum(weights[id] * score for id, score in given.items()), highest * answered))

mean = Fraction(sum(totals), len(totals)) if totals else None
official = half_up(mean * NANO) if mean is not None else None
sd = None
if mean is not None and len(totals) > 1:
    scaled = Fraction(4 * NANO**2 * sum((total - mean) ** 2 for total in totals), len(totals) - 1)
    sd = (isqrt(scaled.numerator // scaled.denominator) + 1) // 2

computed = (hashlib.sha256(canonical).hexdigest(), len(totals), official, sd)
stated = (certificate["inputs_sha256"], numbers["n"], numbers["official"], numbers["sd"])
print(*computed)
sys.exit(computed != stated)
