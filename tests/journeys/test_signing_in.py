import pytest

from tests.journeys.desk import DESKTOP, PHONE


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_somebody_signs_in_and_out(desk, social_worker, size):
    at_desk = desk(size=size)

    at_desk.open("/").sees("Sign in").press("Sign in").sees("Enter e-mail address").picture(f"sign-in-{size[0]}")
    at_desk.sign_in(social_worker).sees("Hello Sam Worker").picture(f"home-{size[0]}")
    at_desk.press("Sign out").sees("Sign in")


def test_three_people_work_at_once(desk, social_worker, receiving_manager, admin):
    desks = [desk(person) for person in (social_worker, receiving_manager, admin)]

    for person, at_desk in zip((social_worker, receiving_manager, admin), desks, strict=True):
        at_desk.open("/").sees(f"Hello {person.name}")
