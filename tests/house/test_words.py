"""What people read: plain words. No code, no name of a state, no word of ours for how the service is built."""

import re

import pytest

from tests.house.source import ROOT

TEMPLATES = ROOT / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.jinja"))

# Of the house, not of the work
OURS = (
    "backend", "boolean", "cache", "celery", "cron", "database", "django", "endpoint", "enum", "fsm", "html", "http",
    "json", "localhost", "machine learning", "metadata", "migration", "null", "object id", "payload", "permission",
    "primary key", "queryset", "sql", "stack trace", "sync", "tenant id", "timestamp", "token", "traceback", "transition",
    "url", "user id", "username", "widget", "workflow",
)  # fmt: skip
# Latin, officialese and what GOV.UK's style advises against
STIFF = (
    "and/or", "deploy", "e.g.", "etc.", "facilitate", "i.e.", "in order to", "invalid", "leverage", "please note",
    "pursuant", "successfully", "utilise", "via",
)  # fmt: skip
SNAKE = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")
CODE = re.compile(r"\b(?:RC\d|(?:HAV|TH|NN|SHR|DUR)-[A-Z0-9])")
FORBIDDEN = re.compile(rf"\b(?:{'|'.join(map(re.escape, (*OURS, *STIFF)))})(?!\w)", re.IGNORECASE)


def words_of(text: str) -> str:
    """What a template says by itself: without its tags, and without what is filled in."""
    text = re.sub(r"{#.*?#}", " ", text, flags=re.DOTALL)
    strings = [one for tag in re.findall(r"{{.*?}}", text, re.DOTALL) for one in re.findall(r'"([^"]*)"', tag)]
    said = [one for one in strings if " " in one]
    text = re.sub(r"{[{%].*?[%}]}", " ", text, flags=re.DOTALL)
    text = re.sub(r"<(style|script)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", text) + " ".join(said)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_says_it_in_plain_words(name):
    words = words_of((TEMPLATES / name).read_text())

    assert [one for rule in (FORBIDDEN, SNAKE, CODE) for one in rule.findall(words)] == []


def test_the_words_of_a_template_are_read():
    assert "database" in words_of("<p>The {{ x }} database</p>")
    assert "queue_name" in words_of('{{ gap_list(gaps, heading="The queue_name is wrong") }}')
    assert "on_radar" not in words_of('{% if state == "on_radar" %}x{% endif %}{# on_radar #}<a class="on_radar">')
