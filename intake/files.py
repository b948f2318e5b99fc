"""Where bytes live: a folder or an S3 bucket, under keys of ours; names are only in the database."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Protocol
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, from_url


class Files(Protocol):
    """A store of immutable bytes."""

    def put(self, key: str, content: bytes) -> None: ...

    def get(self, key: str) -> bytes: ...

    def listing(self) -> Iterator[str]:
        """Every key, batch by batch."""
        ...


class StoredFiles:
    """Immutable bytes in an object store; writing the same key twice keeps the first bytes."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme == "file":
            self.store = LocalStore(unquote(parts.path), mkdir=True)
        else:
            self.store = from_url(url)

    def put(self, key: str, content: bytes) -> None:
        try:
            obstore.put(self.store, key, content, mode="create")
        except AlreadyExistsError:
            if self.get(key) != content:
                raise

    def get(self, key: str) -> bytes:
        return bytes(obstore.get(self.store, key).bytes())

    def listing(self) -> Iterator[str]:
        for batch in obstore.list(self.store):
            yield from (entry["path"] for entry in batch)

    def probe(self) -> None:
        """Write, read and remove a few bytes; raises what the store raises when one of these fails."""
        key, content = f"probe/{secrets.token_hex(8)}", secrets.token_bytes(8)
        self.put(key, content)
        read = self.get(key)
        obstore.delete(self.store, key)
        if read != content:
            raise OSError(f"the file store gave back other bytes under {key}")
