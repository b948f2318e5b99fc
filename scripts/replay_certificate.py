"""Recompute score certificates with nothing but Python: `python3 replay_certificate.py CERTIFICATE.json...`.

Reads the inputs, computes every number anew and compares: one line each, exit 1 when any differs.
"""

import hashlib
import json
import sys
from fractions import Fraction as F
from math import isqrt

NANO, ANSWERS = 10**9, []


def text(number):
    return None if number is None else str(number)


def recompute(inputs):
    scheme, sheets, criteria, valid, totals = inputs["scheme"], [], [], [], []
    weights = {criterion["id"]: criterion["weight"] for criterion in scheme["criteria"]}
    highest, floor = max(map(int, scheme["levels"])), F(scheme["criterion_floor"])
    for sheet in inputs["sheets"]:
        given = {id: score for id, score in sheet["scores"].items() if score is not None}
        weighted, answered = sum(weights[id] * given[id] for id in given), sum(weights[id] for id in given)
        total, coverage = F(100 * weighted, highest * answered) if given else None, F(answered, sum(weights.values()))
        counts = sheet["is_submitted"] and not sheet["is_conflicted"] and coverage >= F(scheme["least_coverage"])
        sheets.append({"key": sheet["key"], "weighted_sum": weighted, "answered_weight": answered})
        sheets[-1] |= {"total": text(total), "coverage": str(coverage), "is_valid": counts}
        if counts:
            valid, totals = [*valid, given], [*totals, total]
    for id in weights:
        scores = [given[id] for given in valid if id in given]
        average = F(sum(scores), len(scores)) if scores else None
        numbers = {"id": id, "n": len(scores), "sum": sum(scores)}
        numbers |= {"lowest": min(scores, default=None), "highest": max(scores, default=None), "mean": text(average)}
        criteria.append(numbers | {"is_below_floor": average is not None and average < floor})
    n, centre, official, variance, sd, band = len(totals), None, None, None, None, None
    if n:
        centre = sum(totals) / n
        official = int(2 * centre * NANO + 1) // 2
        band = next(band["id"] for band in scheme["bands"] if official >= band["least"] * NANO)
    if n > 1:
        variance = sum((total - centre) ** 2 for total in totals) / (n - 1)
        sd = (isqrt(int(4 * variance * NANO**2)) + 1) // 2
    low, high = (min(totals), max(totals)) if n else (None, None)
    found = {"sheets": sheets, "criteria": criteria, "n": n, "mean": text(centre), "official": official, "sd": sd}
    found |= {"variance": text(variance), "lowest": text(low), "highest": text(high), "band": band}
    found |= {"range": text(max(totals) - min(totals)) if n else None, "has_enough_sheets": n >= scheme["min_sheets"]}
    return found | {"is_below_floor": n > 0 and official < scheme["total_floor"] * NANO}


for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        stated = json.load(file)
    canonical = json.dumps(stated["inputs"], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    digest, numbers = hashlib.sha256(canonical).hexdigest(), recompute(stated["inputs"])
    ANSWERS.append((digest, numbers) == (stated["inputs_sha256"], stated["numbers"]))
    print(digest, numbers["n"], numbers["official"], numbers["sd"], "same" if ANSWERS[-1] else "DIFFERENT")
sys.exit(not all(ANSWERS))
