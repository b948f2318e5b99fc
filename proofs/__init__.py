"""Long proofs: the same code as in the test suite, with a larger N. `python -m proofs NAME|all` writes the result."""

from proofs import fuzz, kills, mutants, round_trips, typed, walk, web_kills, year

PROOFS = {
    "fuzz": fuzz,
    "kills": kills,
    "mutants": mutants,
    "round_trips": round_trips,
    "typed": typed,
    "walk": walk,
    "web_kills": web_kills,
    "year": year,
}
