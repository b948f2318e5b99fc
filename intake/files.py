"""Where bytes live: a folder or an S3 bucket, under keys of ours; names are only in the database."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, from_url


class Files(Protocol):
    """A store of immutable bytes."""

    def put(self, key: str, content: bytes) -> None: ...

    def get(self, key: str) -> bytes: ...


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
