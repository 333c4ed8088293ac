"""The protocol engine: five questions and their answers. Pure Python; no clock, no database.

pack = pack_for("havering")                     the authority's protocol as frozen rows
facts = read_facts({...}, pack, at)             what is known of one child
decision = decide(pack, facts)                  which route, which later, which not, and why
due(pack, "HAV-T02", start)                     when a clock runs out, with its steps
explain(pack, "HAV-ASSESS-U12-CP")              any row in plain English
"""

from casetransfer.protocols.answers import as_dict
from casetransfer.protocols.explain import explain
from casetransfer.protocols.facts import FactError, Facts, read_facts
from casetransfer.protocols.loader import PackError, authorities
from casetransfer.protocols.loader import load as pack_for
from casetransfer.protocols.pack import Pack
from casetransfer.protocols.routes import Decision, Found, Reason, decide
from casetransfer.protocols.timers import Due, TimerError, due

__all__ = [
    "Decision",
    "Due",
    "FactError",
    "Facts",
    "Found",
    "Pack",
    "PackError",
    "Reason",
    "TimerError",
    "as_dict",
    "authorities",
    "decide",
    "due",
    "explain",
    "pack_for",
    "read_facts",
]
