"""What the logs of an error hold: where it broke, and nothing that somebody typed or that a variable held."""

import io
import json
import logging

from casetransfer.logs import configuration


def logged(as_json: bool) -> str:
    words = io.StringIO()
    shape = configuration(level="INFO", as_json=as_json)
    handler = logging.StreamHandler(words)
    formatter = dict(shape["formatters"]["line"])
    handler.setFormatter(formatter.pop("()")(**formatter))
    log = logging.getLogger("a-log-of-this-test")
    log.addHandler(handler)
    log.propagate = False
    try:
        child = "Testcase Maple"
        raise ValueError(f"no such child: {child}")
    except ValueError:
        log.exception("It broke for person %s", 7)
    finally:
        log.removeHandler(handler)
    return words.getvalue()


def test_an_error_is_logged_as_its_kind_and_its_lines_of_code_without_words_or_variables():
    for as_json in (True, False):
        said = logged(as_json)

        assert "ValueError" in said
        assert "test_logs.py" in said
        assert "Maple" not in said


def test_a_line_of_a_production_log_is_json():
    assert json.loads(logged(True))["error"] == "ValueError"
