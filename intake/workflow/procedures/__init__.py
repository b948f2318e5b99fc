"""The procedures this product knows. Only the files of this folder name a state."""

from intake.workflow.procedure import Procedure, Stage
from intake.workflow.procedures.kh01 import KH01

PROCEDURES: dict[tuple[str, int], Procedure] = {(KH01.id, KH01.version): KH01}
DEFAULT_PROCEDURE = KH01


def procedure_of(procedure: str, version: int) -> Procedure:
    """The declaration a proposal was started under: it keeps it for life."""
    return PROCEDURES[procedure, version]


def stage_of(procedure: str, version: int, state: str) -> Stage:
    """The stage that a proposal of this procedure and version is at."""
    return procedure_of(procedure, version).stage(state)
