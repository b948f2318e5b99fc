"""Settings from the environment or `.env`; `production` refuses unsafe values and says which."""

from __future__ import annotations

import os
import secrets
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SHORTEST_SECRET = 32


class Environment(StrEnum):
    DEMO = "demo"
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class UnsafeSettings(RuntimeError):
    """The settings would be dangerous in production; the text lists every one with its remedy.

    No ValueError: pydantic would wrap it, and the command line would not know it again.
    """

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("unsafe for production: " + "; ".join(problems))


class Settings(BaseSettings):
    """Everything an operator may set, each as `INTAKE_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="INTAKE_", env_file=".env", extra="ignore")

    env: Environment = Environment.DEVELOPMENT
    data_dir: Path = Path("data")
    database_url: str = ""
    secret_key: SecretStr = SecretStr("")
    base_url: str = "http://127.0.0.1:8000"
    mail_url: str = ""
    mail_from: str = "Sáng kiến đột phá <no-reply@intake.example>"
    files_url: str = ""
    require_mfa: bool | None = None
    demo_password: SecretStr = SecretStr("")
    outbox_grace_seconds: Annotated[int, Field(ge=1)] = 60
    max_upload_bytes: Annotated[int, Field(ge=1)] = 20 * 2**20
    metrics_allow: str = "127.0.0.0/8,::1/128"
    metrics_token: SecretStr = SecretStr("")

    @field_validator("metrics_allow")
    @classmethod
    def readable_networks(cls, value: str) -> str:
        """What is no network must not be found out at the first question."""
        networks(value)
        return value

    @model_validator(mode="after")
    def complete(self) -> Settings:
        """Fill what depends on the data folder; check what production must not leave to defaults."""
        self.data_dir = self.data_dir.absolute()
        if self.env is Environment.PRODUCTION:
            self.refuse_unsafe()
        self.database_url = self.database_url or f"sqlite:///{self.data_dir / 'intake.db'}"
        self.mail_url = self.mail_url or (self.data_dir / "mail").as_uri()
        self.files_url = self.files_url or (self.data_dir / "files").as_uri()
        if self.require_mfa is None:
            self.require_mfa = self.env is Environment.PRODUCTION
        return self

    def refuse_unsafe(self) -> None:
        problems = []
        if len(self.secret_key.get_secret_value()) < SHORTEST_SECRET:
            problems.append(f"INTAKE_SECRET_KEY must have at least {SHORTEST_SECRET} characters")
        if not self.base_url.startswith("https://"):
            problems.append("INTAKE_BASE_URL must start with https://")
        if not self.mail_url or self.mail_url.startswith("file:"):
            problems.append("INTAKE_MAIL_URL must name a mail server (smtp://...)")
        if self.demo_password.get_secret_value():
            problems.append("INTAKE_DEMO_PASSWORD must not be set")
        if self.require_mfa is False:
            problems.append("INTAKE_REQUIRE_MFA must not be switched off")
        if problems:
            raise UnsafeSettings(problems)

    def metrics_networks(self) -> list[IPv4Network | IPv6Network]:
        """The networks from which /metrics may be asked without a token."""
        return networks(self.metrics_allow)

    @property
    def is_demo(self) -> bool:
        return self.env is Environment.DEMO

    def secret(self) -> str:
        """The signing key: given, or made once and kept in the data folder with mode 0600."""
        return self.secret_key.get_secret_value() or kept_secret(self.data_dir / "secret.key", 32)


def networks(text: str) -> list[IPv4Network | IPv6Network]:
    """Addresses and networks separated by commas; raises ValueError for what is neither."""
    return [ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip()]


def kept_secret(path: Path, size: int) -> str:
    """A random secret that is made once, by whichever process comes first, and readable by the owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(size))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text().strip()
