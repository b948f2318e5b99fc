"""Run one proof or all, print and keep what came out."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from proofs import PROOFS

RESULTS = Path(__file__).parent / "results"


def commit() -> str:
    """The commit that was proved; empty outside a checkout."""
    found = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return found.stdout.strip()


def prove(name: str) -> bool:
    proof = PROOFS[name]
    started = time.monotonic()
    try:
        result, holds = proof.run(proof.LONG), True
    except AssertionError as error:
        result, holds = str(error), False
    seconds = round(time.monotonic() - started, 1)
    RESULTS.mkdir(exist_ok=True)
    record = {"n": proof.LONG, "result": result, "seconds": seconds, "commit": commit()}
    (RESULTS / f"{name}.json").write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    print(f"{name}: {'holds' if holds else 'FAILS'} n={proof.LONG} {seconds} s: {result}")
    return holds


def main() -> int:
    wanted = sys.argv[1:] or ["all"]
    names = list(PROOFS) if wanted == ["all"] else wanted
    unknown = sorted(set(names) - set(PROOFS))
    if unknown:
        print(f"no proof {', '.join(unknown)}; there are: {', '.join(PROOFS)}", file=sys.stderr)
        return 2
    return 0 if all([prove(name) for name in names]) else 1


if __name__ == "__main__":
    sys.exit(main())
