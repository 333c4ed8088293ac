"""A component refuses to draw without what it needs."""

import pytest
from django.template import engines
from jinja2 import UndefinedError


@pytest.mark.parametrize(
    ("component", "call"),
    [
        ("case_banner", "case_banner(child='Robin')"),
        ("rag_tag", "rag_tag()"),
        ("deadline_list", "deadline_list()"),
        ("checklist", "checklist(items=[1], caption='')"),
        ("event_line", "event_line(label='')"),
        ("responsibility_timeline", "responsibility_timeline()"),
    ],
)
def test_a_component_raises_when_something_it_needs_is_missing(component, call):
    words = f"{{% from 'components/{component}.jinja' import {component} %}}{{{{ {call} }}}}"

    with pytest.raises(UndefinedError):
        engines.all()[0].from_string(words).render()
