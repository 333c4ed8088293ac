"""A record for every address that has a part to fill in: address name -> what fills it.

An app adds its own: `SAMPLES["transfers:detail"] = lambda house: {"ref": house.transfer.ref}`. The record must belong
to the authority of the cast, so that Charlie, of another one, has something to be refused.
"""

from collections.abc import Callable
from typing import Any

CASE_PAGES = (
    "case", "journey", "horizon", "family", "events", "involvement", "held_at", "deadlines", "documents", "facts", "history", "book_event",
    "record_event", "act", "allocate", "duty", "add_involvement", "change_child", "add_relationship", "add_warning", "add_sibling",
    "leave_family", "add_identifier",
    "add_document",
)  # fmt: skip
EVENT_VERBS = ("move", "hold", "cancel", "correct")

SAMPLES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "teams:team_detail": lambda house: {"pk": house.team.pk},
    "teams:person": lambda house: {"pk": house.person.pk},
    "teams:set_password": lambda house: {"pk": house.person.pk},
    "teams:change_person": lambda house: {"pk": house.person.pk},
    "teams:change_team": lambda house: {"pk": house.team.pk},
    "teams:change_absence": lambda house: {"pk": house.absence.pk},
    "teams:remove_second_factor": lambda house: {"pk": house.person.pk},
    "teams:add_membership": lambda house: {"pk": house.person.pk},
    "teams:record_absence": lambda house: {"pk": house.person.pk},
    **{
        f"teams:{act}": lambda house: {"pk": house.person.pk}
        for act in ("open_account", "sign_out_person", "link_identity", "unlink_identity")
    },
    "teams:unmap_group": lambda house: {"pk": house.mapped.pk},
    "teams:close_account": lambda house: {"pk": house.person.pk},
    **{
        f"contacts:{page}": lambda house: {"reference": house.contact.reference}
        for page in ("detail", "known", "rate", "decide", "information")
    },
    **{
        f"imports:{page}": lambda house: {"pk": house.imported.pk}
        for page in ("detail", "rejects", "rejects_file", "match", "apply", "discard", "report")
    },
    "teams:end_membership": lambda house: {"pk": house.person.memberships.get().pk},
    **{
        f"restricted:{verb}": lambda house: {"ref": house.restricted.reference}
        for verb in ("who", "change", "grant", "conflict", "subject_access")
    },
    "teams:draft": lambda house: {"pk": house.draft.pk},
    "teams:drop_view": lambda house: {"pk": house.view.pk},
    "teams:drop_draft": lambda house: {"pk": house.draft.pk},
    "restricted:end_grant": lambda house: {"ref": house.restricted.reference, "pk": house.grant.pk},
    "restricted:review": lambda house: {"pk": house.opening.pk},
    "transfers:start": lambda house: {"ref": house.transfer.case.reference},
    "transfers:pull": lambda house: {"ref": house.transfer.case.reference},
    **{
        f"transfers:{act}": lambda house: {"ref": house.transfer.reference, "place": 1}
        for act in ("approve", "withdraw_approval")
    },
    **{
        f"transfers:{verb}": lambda house: {"ref": house.transfer.reference}
        for verb in (
            "detail",
            "request",
            "agree",
            "return",
            "mend",
            "withdraw",
            "start_handover",
            "record_point",
            "name_worker",
            "plan_anew",
            "change_route",
            "complete",
            "checklist",
            "list_for_meeting",
            "dispute",
            "pass_on",
            "decide",
            "issues",
        )
    },
    "transfers:depart": lambda house: {"ref": house.transfer.case.reference},
    "transfers:end_departure": lambda house: {"ref": house.transfer.case.reference},
    "transfers:meet_duty": lambda house: {"ref": house.transfer.reference, "pk": 1},
    **{
        f"transfers:{act}": lambda house: {"pk": house.listed.meeting_id, "item": house.listed.pk}
        for act in ("decide_item", "take_off")
    },
    **{
        f"transfers:{page}": lambda house: {"pk": house.listed.meeting_id}
        for page in ("meeting", "close_minutes", "export_meeting", "fill_list", "meeting_calendar")
    },
    **{
        f"transfers:{verb}": lambda house: {"ref": house.transfer.reference, "code": "HAV-S04"}
        for verb in ("item", "check", "waive", "sign", "end_waiver")
    },
    "closures:line": lambda house: {"code": "HAV-Z7"},
    "closures:start": lambda house: {"reference": house.closure.case.reference},
    **{
        f"closures:{page}": lambda house: {"reference": house.closure.reference}
        for page in ("detail", "destroy_year", "part", "send_back", "withdraw", "undo", "step_down")
    },
    **{f"cases:{page}": lambda house: {"ref": house.case.reference} for page in CASE_PAGES},
    **{
        f"cases:{verb}_event": lambda house: {"ref": house.case.reference, "pk": house.event.pk} for verb in EVENT_VERBS
    },
    **{
        f"cases:{page}": lambda house: {"ref": house.case.reference, "pk": house.deadline.pk}
        for page in ("deadline", "meet_deadline", "stop_deadline", "pause_deadline", "resume_deadline")
    },
    "cases:rectify": lambda house: {"ref": house.ended.reference},
    "cases:start_spell": lambda house: {"ref": house.case.reference, "kind": "legal"},
    "cases:end_spell": lambda house: {"ref": house.case.reference, "pk": house.spell.pk},
    "cases:correct_spell": lambda house: {"ref": house.case.reference, "pk": house.spell.pk},
    "cases:answer": lambda house: {"ref": house.case.reference, "fact": "homeless"},
    "cases:end_involvement": lambda house: {"ref": house.case.reference, "pk": house.line.pk},
    "cases:correct_move": lambda house: {"ref": house.case.reference, "pk": house.line.pk},
    **{
        f"cases:{verb}_relationship": lambda house: {"ref": house.case.reference, "pk": house.relative.pk}
        for verb in ("change", "end")
    },
    "cases:end_warning": lambda house: {"ref": house.case.reference, "pk": house.warning.pk},
    **{
        f"notices:{name}": lambda house: {"pk": house.notice.pk}
        for name in ("detail", "seen", "done", "send_again", "sent_by_hand", "check", "write", "letter")
    },
    "closures:decide_otherwise": lambda house: {"reference": house.closure.reference, "condition": "sibling"},
    "closures:reopen": lambda house: {"reference": house.ended.reference},
    "closures:come_back": lambda house: {"reference": house.ended.reference},
    "closures:propose_destruction": lambda house: {"reference": house.ended.child.reference},
    "closures:destroy_record": lambda house: {"pk": house.destruction.pk},
    "closures:answer_return": lambda house: {"pk": house.came_back.pk},
    **{
        f"protocol:{page}": lambda house: {"authority": house.authority.pack} for page in ("overview", "find", "search")
    },
    "protocol:chapter": lambda house: {"authority": house.authority.pack, "chapter": "routes"},
    "protocol:why": lambda house: {"code": "HAV-T02"},
    "protocol:code": lambda house: {"authority": house.authority.pack, "code": "HAV-T02"},
}

# Pages of published documents, the same for every council: they are nobody's record
PUBLISHED = {f"protocol:{page}" for page in ("overview", "find", "search", "chapter", "code", "why")}

# Open to somebody who has not signed in
PUBLIC = {
    "accessibility",
    "teams:sign_in",
    "teams:to_directory",
    "teams:from_directory",
    "health",
    "health_live",
    "health_ready",
}

# What answers with no page of its own: it is written to, hands out a file, leads on, or is asked by machines
NO_PAGE = {
    *(f"notices:{act}" for act in ("check", "done", "seen", "send_again", "sent_by_hand")),
    *(
        f"teams:{act}"
        for act in ("choose_columns", "drop_draft", "drop_view", "keep_typed", "keep_view", "sign_out", "stay")
    ),
    *("cases:search", "closures:begin", "protocol:own", "protocol:own_finder", "protocol:why"),
    *(
        "imports:rejects_file",
        "notices:letter",
        "restricted:subject_access",
        "teams:audit_file",
        "transfers:export_meeting",
    ),
    *(f"transfers:{act}" for act in ("fill_list", "meeting_calendar", "open_list")),
    *("health", "health_live", "health_ready", "teams:from_directory", "teams:to_directory"),
}
