"""Write MANIFEST.json: the sha256 of every vendored file, and the packages they come from.

Usage: python manifest.py VENDOR_FOLDER
"""

import hashlib
import json
import sys
from pathlib import Path


def manifest(vendor: Path, packages: dict[str, str]) -> dict[str, dict[str, str]]:
    """Versions of the packages and the sha256 of each file below `vendor`, by relative path."""
    files = sorted(path for path in vendor.rglob("*") if path.is_file() and path.name != "MANIFEST.json")
    hashes = {path.relative_to(vendor).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return {"packages": packages, "files": hashes}


def main(vendor: Path) -> None:
    """Write the manifest into the vendor folder."""
    packages = json.loads((Path(__file__).parent / "package.json").read_text())["dependencies"]
    text = json.dumps(manifest(vendor, packages), indent=2, ensure_ascii=False)
    (vendor / "MANIFEST.json").write_text(text + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
