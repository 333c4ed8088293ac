from casetransfer.calendars import add_months
from casetransfer.protocols.plans import engine_for
from casetransfer.protocols.questions import said_facts
from casetransfer.protocols.unmet import Unmet, unmet
from tests.protocols.conftest import NOON
from tests.protocols.test_questions import born


def unmet_of(pack, code, **values):
    return unmet(pack, said_facts(pack, values, NOON), engine_for(pack).plans[code])


def test_a_condition_that_is_not_known_is_named(pack):
    [way] = unmet_of(pack, "EX-DISABILITY", assessment_complete=True)

    assert [(one.state, one.is_so) for one in way] == [("unknown", "")]
    assert way[0].says.startswith("A manager has decided")


def test_a_condition_that_is_refused_says_what_is_so(pack):
    [way] = unmet_of(pack, "EX-YOUNG-S20", date_of_birth=born(12), legal_status=frozenset(["care_order"]))

    assert Unmet("Order or legal basis: section 20", "no", "care order") in way
    assert Unmet("Age: less than 11 years 6 months", "no", "12 years 0 months") in way


def test_what_time_will_settle_names_the_day(pack):
    [way] = unmet_of(pack, "EX-OLDER-AGE", status="child_in_need", date_of_birth=born(11))

    day = add_months(born(11), 138)
    assert way == (Unmet("Age: at least 11 years 6 months", "not_yet", "11 years 0 months", day),)


def test_what_somebody_has_still_to_do_is_not_yet_and_has_no_day(pack):
    [way] = unmet_of(pack, "EX-DISABILITY", disabled=True, assessment_complete=False)

    assert [(one.state, one.on) for one in way] == [("not_yet", None)]


def test_of_several_ways_those_that_come_nearest_are_shown(pack):
    [way] = unmet_of(pack, "EX-OLDER-AGE", status="child_protection", date_of_birth=born(11))

    assert [one.says for one in way] == ["Age: at least 11 years 6 months"]


def test_a_route_whose_conditions_hold_has_none(pack):
    assert unmet_of(pack, "EX-DISABILITY", assessment_complete=True, disabled=True) == ()


def test_a_route_without_conditions_has_none(pack):
    route = pack.routes["EX-DISABILITY"].model_copy(update={"when": ()})
    changed = pack.model_copy(update={"route": (route,)})

    assert unmet_of(changed, "EX-DISABILITY") == ()
