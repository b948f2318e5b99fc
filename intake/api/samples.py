"""A curl command for every operation, as the page of the API shows it; tests send them."""

from __future__ import annotations

import json
import shlex
from typing import Any

from intake.api.operations import PARAMETER, Operation

# What stands in a sample for what the caller has to know.
PLACES = {
    "code": "CODE",
    "doc": "DOC",
    "email": "EMAIL",
    "session_id": "ID",
    "assignment_id": "ID",
    "clearance_id": "ID",
}
QUERIES: dict[str, str] = {
    "list_proposals": "state=reception&limit=20",
    "read_changes": "before=1&after=2",
    "read_ranking": "system=ht3",
    "track": "key=KEY",
}
# A proposal as a file comes from `intake proposal export`, a letter from whoever typed it, a scan from a scanner.
FILES = {
    "create_proposal": "proposal.json",
    "replace_document": "proposal.json",
    "enter_proposal": "letter.json",
    "attach_scan": "scan.pdf",
}
REASON = {"reason": "Ghi rõ lý do"}
OPINION = {"position": "conditions", "text": "Đồng ý", "conditions": ["Có lộ trình đào tạo"], "submit": True}
BODIES: dict[str, Any] = {
    "create_assignment": {"reviewer": "EMAIL"},
    "remove_assignment": REASON,
    "claim_proposal": {"code": "CODE", "key": "KEY"},
    "grant_clearance": {"owner": "EMAIL", "initiative": "sk03"} | REASON,
    "revoke_clearance": REASON,
    "declare_conflict": {"conflicted": False, "kind": "none"},
    "undo_conflict": REASON,
    "issue_document": {"number": "12", "date": "2026-11-26", "signer": "Nguyễn Văn An", "place": "Hà Nội"},
    "create_session": {
        "body": "tt_bcdtw",
        "starts_at": "2027-01-12T08:00:00+07:00",
        "place": "Hà Nội",
        "items": ["CODE"],
    },
    "set_agenda": {"items": ["CODE"]},
    "set_attendance": {"chair@demo.vn": "present", "member1@demo.vn": "remote"},
    "move_session": {"transition": "open"},
    "release_session": {"items": ["CODE"]},
    "move_item": {"transition": "open", "secret": False},
    "recuse": REASON,
    "cast_ballot": {"choice": "approve"},
    "prepare_conclusion": {"outcome": "approve", "text": "Thống nhất phê duyệt."},
    "postpone_session": {"starts_at": "2027-01-14T08:00:00+07:00", "place": "Hà Nội"} | REASON,
    "cancel_session": REASON,
    "write_minutes": {"notes": "Diễn biến phiên họp."},
    "move_proposal": {"transition": "accept", "data": {"lead": "bkhcn", "cooperating": ["byt"]}},
    "write_opinion": OPINION,
    "write_assessment": OPINION,
    "close_silence": {"body": "byt"} | REASON,
    "settle_organisations": {"lead": "bkhcn", "partners": ["byt"]},
    "send_report": {"values": [{"kpi": "KPI1", "value": 42}], "progress": "Đúng tiến độ."},
    "write_score_sheet": {
        "scores": {
            "strategic_fit": {"score": 4, "justification": "Nêu rõ ở mục 9."},
            "urgency": {"score": None, "justification": "Không đủ căn cứ để chấm."},
        },
        "submit": False,
    },
    "write_synthesis": {"summary": "Các cơ quan thống nhất.", "differences": []},
}


def curl(operation: Operation) -> str:
    """The command on lines that a shell reads as one; `$API` and `$TOKEN` are set once."""
    words = [] if operation.is_public else ['-H "Authorization: Bearer $TOKEN"']
    if operation.writes:
        words.insert(0, f"-X {operation.method}")
    if file := FILES.get(operation.name):
        media_type = "application/octet-stream" if operation.receives else "application/json"
        words.append(f'-H "Content-Type: {media_type}" --data-binary @{file}')
    elif operation.name in BODIES:
        body = json.dumps(BODIES[operation.name], ensure_ascii=False)
        words.append(f'-H "Content-Type: application/json" \\\n  -d {shlex.quote(body)}')
    if "application/json" not in operation.media_types:
        words.append(f"-o {operation.name.removeprefix('read_')}.pdf")
    address = PARAMETER.sub(lambda part: PLACES[part["name"]], operation.path)
    query = f"?{QUERIES[operation.name]}" if operation.name in QUERIES else ""
    return " ".join(["curl", *words, f'\\\n  "$API{address}{query}"'])
