"""The procedures this product knows. Only the files of this folder name a state."""

from intake.workflow.procedure import Procedure
from intake.workflow.procedures.kh01 import KH01

PROCEDURES: dict[tuple[str, int], Procedure] = {(KH01.id, KH01.version): KH01}
DEFAULT_PROCEDURE = KH01
