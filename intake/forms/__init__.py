"""Forms of the proposal, built from the outline: what is shown in the boxes and what was posted from them."""

from intake.forms.balances import Balance, balance
from intake.forms.filled import Filled, posted, reshaped, stored
from intake.forms.heads import RowHead, opened_by, row_heads
from intake.forms.rows import RowAction, row_action

__all__ = [
    "Balance",
    "Filled",
    "RowAction",
    "RowHead",
    "balance",
    "opened_by",
    "posted",
    "reshaped",
    "row_action",
    "row_heads",
    "stored",
]
