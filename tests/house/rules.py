"""For every address: who may come in. An address without a rule fails the matrix."""

from dataclasses import dataclass

from teams.roles import Permission as P


@dataclass(frozen=True)
class Rule:
    """`any_of`: the permissions of which one is needed. `about`: "nothing", a record of the "council" (any of its
    people with the permission), a "case" (only
    who reaches the case), or "self" (nobody but the one it belongs to). `reads`: a page that is then always drawn."""

    any_of: frozenset[P] = frozenset()
    about: str = "nothing"
    reads: bool = False


def of(about: str, *any_of: P, reads: bool = False) -> Rule:
    return Rule(frozenset(any_of), about, reads)


ANYBODY = Rule()
PAGE = Rule(reads=True)
MANAGES_TEAMS, MANAGES_CALENDAR = (P.MANAGE_TEAMS,), (P.MANAGE_CALENDAR,)
CLOSES = (P.PROPOSE_CLOSURE, P.AUTHORISE_CLOSURE, P.COMPLETE_CLOSURE)
IMPORTS = (P.IMPORT_RECORDS,)
READS_CONTACTS = (P.RECORD_CONTACT, P.DECIDE_CONTACT, P.SEE_ALL_CASES)
GUARDS = (P.DECIDE_TRANSFER,)
DEALS = (P.RECORD_EVENT, P.RECORD_CONTACT, P.COMPLETE_CLOSURE, P.ADVISE)

RULES: dict[str, Rule] = {
    **dict.fromkeys(("home", "help", "changes", "gallery"), PAGE),
    "reports": of("nothing", P.SEE_REPORTS, reads=True),
    "transfers:departures": of("nothing", P.SEE_REPORTS, reads=True),
    "reports_map": of("nothing", P.SEE_REPORTS, reads=True),
    "notices:mailbox": PAGE,
    "notices:list": ANYBODY,
    "notices:deadlines": ANYBODY,
    **{f"notices:{page}": of("case") for page in ("detail", "letter", "send_again")},
    **{f"notices:{page}": of("case", *DEALS) for page in ("check", "done", "seen", "sent_by_hand", "write")},
    "radar:list": ANYBODY,
    "transfers:list": PAGE,
    "transfers:duties": PAGE,
    "teams:sign_out": ANYBODY,
    "teams:stay": ANYBODY,
    "teams:keep_typed": ANYBODY,
    "teams:drafts": PAGE,
    "teams:draft": of("self"),
    "teams:drop_draft": of("self"),
    "teams:keep_view": ANYBODY,
    "teams:choose_columns": ANYBODY,
    "teams:drop_view": of("self"),
    "teams:keys": PAGE,
    "teams:account": PAGE,
    "teams:own_password": PAGE,
    "teams:second_factor": PAGE,
    "teams:sign_out_everywhere": PAGE,
    **{f"teams:{page}": of("nothing", P.READ_AUDIT, reads=True) for page in ("audit", "audit_file")},
    "teams:unusual": of("nothing", P.READ_AUDIT, P.SEE_REPORTS, reads=True),
    **{f"teams:{page}": of("nothing", *MANAGES_TEAMS, reads=True) for page in ("dormant", "directory", "name_tenant")},
    "teams:map_group": of("nothing", *MANAGES_TEAMS),
    **{f"teams:{page}": of("council", *MANAGES_TEAMS, reads=True) for page in ("link_identity", "unmap_group")},
    "teams:settings": of("nothing", *MANAGES_TEAMS, *MANAGES_CALENDAR, *IMPORTS, P.DESTROY_RECORD),
    **{f"teams:{page}": of("nothing", *MANAGES_TEAMS, reads=True) for page in ("team_list", "add_team", "people", "add_person", "look")},
    **{
        f"teams:{page}": of("council", *MANAGES_TEAMS, reads=True)
        for page in (
            "team_detail", "person", "set_password", "add_membership", "record_absence", "remove_second_factor",
            "close_account", "end_membership", "open_account", "sign_out_person", "unlink_identity",
            "change_person", "change_team", "change_absence",
        )
    },
    **{page: of("nothing", *MANAGES_CALENDAR, reads=True) for page in ("teams:calendar", "notices:add_closure_day")},
    **{f"imports:{page}": of("nothing", *IMPORTS) for page in ("list", "upload", "headers")},
    **{
        f"imports:{page}": of("council", *IMPORTS)
        for page in ("detail", "rejects", "rejects_file", "match", "apply", "discard", "report")
    },
    "restricted:open": of("nothing", P.RECORD_EVENT, reads=True),
    "restricted:reviews": of("nothing", P.DECIDE_TRANSFER, P.READ_AUDIT, reads=True),
    "restricted:review": of("council", P.DECIDE_TRANSFER, P.READ_AUDIT),
    **{f"restricted:{page}": of("restricted", *GUARDS) for page in ("who", "change", "grant", "end_grant", "conflict", "subject_access")},
    "transfers:detail": of("case", reads=True),
    "transfers:start": of("case", P.REQUEST_TRANSFER, P.DECIDE_TRANSFER),
    "transfers:ask_for": of("nothing", P.DECIDE_TRANSFER),
    "transfers:pull": of("council", P.DECIDE_TRANSFER),
    **{f"transfers:{act}": of("case") for act in ("approve", "withdraw_approval")},
    "transfers:meetings": ANYBODY,
    "transfers:open_list": ANYBODY,
    "transfers:request": ANYBODY,
    **{f"transfers:{page}": of("council") for page in ("meeting", "decide_item", "take_off", "close_minutes", "export_meeting", "fill_list", "meeting_calendar")},
    **{
        f"transfers:{act}": of("case")
        for act in ("decide", "depart", "dispute", "end_departure", "list_for_meeting", "meet_duty", "pass_on")
    },
    **{
        f"transfers:{move}": of("case", *needed)
        for move, needed in {
            "agree": (P.DECIDE_TRANSFER,), "return": (P.DECIDE_TRANSFER,), "mend": (P.REQUEST_TRANSFER,),
            "withdraw": (P.REQUEST_TRANSFER,), "start_handover": (P.DECIDE_TRANSFER,),
            "record_point": (P.RECORD_EVENT,), "name_worker": (P.ALLOCATE_CASE,), "plan_anew": (P.DECIDE_TRANSFER,),
            "change_route": (P.REQUEST_TRANSFER,), "complete": (P.DECIDE_TRANSFER,),
            "checklist": (P.COMPLETE_CHECKLIST,), "item": (P.COMPLETE_CHECKLIST,), "check": (P.DECIDE_TRANSFER,), "waive": (P.WAIVE_ITEM,),
            "sign": (P.WAIVE_ITEM,), "end_waiver": (P.WAIVE_ITEM,), "issues": (P.DECIDE_TRANSFER,),
        }.items()
    },
    **{f"protocol:{page}": ANYBODY for page in ("own", "own_finder", "why")},
    **{f"protocol:{page}": PAGE for page in ("overview", "find", "search", "chapter", "code")},
    "cases:worklist": PAGE,
    "cases:search": ANYBODY,
    "cases:found": PAGE,
    **{
        f"cases:{page}": of("case", reads=True)
        for page in (
            "case", "journey", "horizon", "family", "events", "involvement", "held_at", "documents", "facts", "history",
            "deadlines", "deadline",
        )
    },
    **{
        f"cases:{act}": of("case", P.RECORD_EVENT)
        for act in (
            "book_event", "record_event", "move_event", "hold_event", "cancel_event", "correct_event", "start_spell",
            "end_spell", "correct_spell", "answer", "act", "add_involvement", "end_involvement", "change_child",
            "add_relationship", "add_warning", "end_warning", "add_document", "meet_deadline", "stop_deadline",
            "pause_deadline", "resume_deadline", "add_sibling", "leave_family", "change_relationship",
            "end_relationship", "add_identifier",
        )
    },
    **{f"cases:{act}": of("case", P.ALLOCATE_CASE) for act in ("allocate", "duty", "correct_move")},
    "cases:rectify": of("council", P.RECTIFY_RECORD),
    **{f"closures:{page}": of("nothing", *CLOSES) for page in ("queue", "lines", "line")},
    "closures:kept": of("nothing", P.DESTROY_RECORD, reads=True),
    "closures:propose_destruction": of("council", P.DESTROY_RECORD),
    "closures:destroy_record": of("council", P.DESTROY_RECORD),
    "closures:begin": ANYBODY,
    "closures:returns": of("nothing", P.DECIDE_CONTACT, P.REOPEN_CASE),
    **{f"closures:{page}": of("council") for page in ("reopen", "come_back", "answer_return")},
    **{
        f"closures:{page}": of("case")
        for page in ("start", "detail", "destroy_year", "part", "send_back", "withdraw", "undo", "step_down", "decide_otherwise")
    },
    **{f"contacts:{page}": of("nothing", *READS_CONTACTS) for page in ("board", "list")},
    "contacts:record": of("nothing", P.RECORD_CONTACT),
    **{f"contacts:{page}": of("council", *READS_CONTACTS) for page in ("detail", "known", "information")},
    **{f"contacts:{act}": of("council", *READS_CONTACTS) for act in ("rate", "decide")},
}  # fmt: skip
