"""The factors identified at the end of an assessment: the statutory list, in plain words."""

from collections.abc import Iterable

from django.db import models


class Factor(models.TextChoices):
    """The codes are those of the yearly return. Codes that it no longer takes (8A, 18A, 19A) are not here."""

    ALCOHOL_OF_CHILD = "1A", "Alcohol misuse by the child"
    ALCOHOL_OF_PARENT = "1B", "Alcohol misuse by a parent or carer"
    ALCOHOL_OF_OTHER = "1C", "Alcohol misuse by another person in the household"
    DRUGS_OF_CHILD = "2A", "Drug misuse by the child"
    DRUGS_OF_PARENT = "2B", "Drug misuse by a parent or carer"
    DRUGS_OF_OTHER = "2C", "Drug misuse by another person in the household"
    VIOLENCE_TO_CHILD = "3A", "Domestic violence towards the child"
    VIOLENCE_TO_PARENT = "3B", "Domestic violence towards a parent or carer"
    VIOLENCE_TO_OTHER = "3C", "Domestic violence towards another person in the household"
    MENTAL_HEALTH_OF_CHILD = "4A", "Mental health of the child"
    MENTAL_HEALTH_OF_PARENT = "4B", "Mental health of a parent or carer"
    MENTAL_HEALTH_OF_OTHER = "4C", "Mental health of another person in the household"
    LEARNING_OF_CHILD = "5A", "Learning disability of the child"
    LEARNING_OF_PARENT = "5B", "Learning disability of a parent or carer"
    LEARNING_OF_OTHER = "5C", "Learning disability of another person in the household"
    PHYSICAL_OF_CHILD = "6A", "Physical disability or illness of the child"
    PHYSICAL_OF_PARENT = "6B", "Physical disability or illness of a parent or carer"
    PHYSICAL_OF_OTHER = "6C", "Physical disability or illness of another person in the household"
    YOUNG_CARER = "7A", "The child is a young carer"
    FOSTERED_TO_RETURN = "8B", "Privately fostered: from overseas, and will return"
    FOSTERED_TO_STAY = "8C", "Privately fostered: from overseas, and will stay"
    FOSTERED_FOR_SCHOOL = "8D", "Privately fostered: from the UK, in an educational placement"
    FOSTERED_IN_FAMILY = "8E", "Privately fostered: from the UK, by an arrangement of the family"
    FOSTERED_OTHERWISE = "8F", "Privately fostered otherwise"
    UNACCOMPANIED = "9A", "Unaccompanied asylum-seeking child"
    MISSING = "10A", "Going or being missing"
    SEXUAL_EXPLOITATION = "11A", "Child sexual exploitation"
    TRAFFICKING = "12A", "Trafficking"
    GANGS = "13A", "Involvement with gangs"
    BEHAVIOUR = "14A", "Socially unacceptable behaviour of the child"
    SELF_HARM = "15A", "Self-harm"
    NEGLECT = "16A", "Neglect"
    EMOTIONAL_ABUSE = "17A", "Emotional abuse"
    PHYSICAL_ABUSE_BY_CHILD = "18B", "Physical abuse by another child"
    PHYSICAL_ABUSE_BY_ADULT = "18C", "Physical abuse by an adult"
    SEXUAL_ABUSE_BY_CHILD = "19B", "Sexual abuse by another child"
    SEXUAL_ABUSE_BY_ADULT = "19C", "Sexual abuse by an adult"
    OTHER = "20", "Another factor"
    NONE = "21", "No factor was identified"
    GENITAL_MUTILATION = "22A", "Female genital mutilation"
    FAITH_OR_BELIEF = "23A", "Abuse linked to faith or belief"
    CRIMINAL_EXPLOITATION = "24A", "Child criminal exploitation"


GROUPS: tuple[tuple[str, str], ...] = (
    ("Alcohol and drugs", "1A 1B 1C 2A 2B 2C"), ("Domestic violence", "3A 3B 3C"), ("Mental health", "4A 4B 4C"),
    ("Disability and illness", "5A 5B 5C 6A 6B 6C"),
    ("Abuse or neglect", "16A 17A 18B 18C 19B 19C 22A 23A"), ("Risks outside the home", "10A 11A 12A 13A 24A"),
    ("Private fostering", "8B 8C 8D 8E 8F"), ("Other", "7A 9A 14A 15A 20 21"),
)  # fmt: skip
"""As they are asked, by what they are about."""


def in_order(codes: Iterable[str]) -> list[str]:
    """Each once, in the order of the list."""
    return [factor.value for factor in Factor if factor in set(codes)]


def in_words(codes: Iterable[str]) -> str:
    return "; ".join(str(Factor(code).label) for code in codes)
