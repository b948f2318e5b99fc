"""Downloading everything about a proposal: for those who may read it, and for nobody else."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest

from tests.web.applicants import started, submitted

# What is enclosed is proved in tests/services; the address does not depend on the engine.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)


def test_a_dossier_is_a_zip_for_its_readers_only(sign_in, visitor) -> None:
    owner = sign_in("organisation@demo.vn")
    code = started(owner)
    assert submitted(owner, code).status_code == 303
    address = f"/proposals/{code}/dossier.zip"
    assert f'href="{address}"' in owner.get(f"/proposals/{code}").text
    answer = owner.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert answer.headers["Content-Disposition"] == f"attachment; filename={code}.zip"
    with ZipFile(io.BytesIO(answer.data)) as archive:
        assert {"manifest.json", "proposal.json", "versions/v1.json"} <= set(archive.namelist())
    assert sign_in("secretary@demo.vn").get(address).status_code == 200
    assert [sign_in(f"{name}@demo.vn").get(address).status_code for name in ("applicant", "admin")] == [404, 404]
    assert visitor.get(address).status_code == 303
