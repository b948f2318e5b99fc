"""Long proofs: the same code as in the test suite, with a larger N. `python -m proofs NAME|all` writes the result."""

from proofs import kills, mutants, walk, web_kills

PROOFS = {"kills": kills, "mutants": mutants, "walk": walk, "web_kills": web_kills}
