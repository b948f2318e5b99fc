"""Long proofs: the same code as in the test suite, with a larger N. `python -m proofs NAME|all` writes the result."""

from proofs import (
    committee,
    estimates,
    fuzz,
    journey,
    kills,
    mutants,
    release_kills,
    round_trips,
    secrecy,
    sessions,
    typed,
    walk,
    web_kills,
    weights,
    year,
)

PROOFS = {
    "committee": committee,
    "estimates": estimates,
    "fuzz": fuzz,
    "journey": journey,
    "kills": kills,
    "mutants": mutants,
    "release_kills": release_kills,
    "round_trips": round_trips,
    "secrecy": secrecy,
    "sessions": sessions,
    "typed": typed,
    "walk": walk,
    "web_kills": web_kills,
    "weights": weights,
    "year": year,
}
