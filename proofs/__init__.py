"""Long proofs: the same code as in the test suite, with a larger N. `python -m proofs NAME|all` writes the result."""

from proofs import kills, web_kills

PROOFS = {"kills": kills, "web_kills": web_kills}
