"""What the tables stand on: how names are compared, and where references come from."""

from django.db import migrations

# An apostrophe neither parts a name nor is missed where nobody typed it
PLAIN = """
CREATE FUNCTION cases_plain(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(unaccent('unaccent'::regdictionary, translate(words, '''’‘ʼ`´', '')));
"""
SOUNDS = """
CREATE FUNCTION cases_sounds(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(
    SELECT DISTINCT dmetaphone(word) FROM regexp_split_to_table(cases_plain(words), '[^a-z]+') AS word
    WHERE word <> '' ORDER BY 1
);
"""
REFERENCE = """
CREATE FUNCTION cases_reference(prefix text, counter text) RETURNS text
LANGUAGE sql VOLATILE
RETURN prefix || nextval(counter::regclass);
"""


def sequence(name: str, first: int) -> migrations.RunSQL:
    return migrations.RunSQL(f"CREATE SEQUENCE {name} START {first}", f"DROP SEQUENCE {name}")


class Migration(migrations.Migration):
    initial = True
    dependencies = [("teams", "0001_people")]
    operations = [
        migrations.RunSQL(PLAIN, "DROP FUNCTION cases_plain(text)"),
        migrations.RunSQL(SOUNDS, "DROP FUNCTION cases_sounds(text)"),
        sequence("cases_family_reference", 1001),
        sequence("cases_child_reference", 100001),
        sequence("cases_case_reference", 10001),
        sequence("cases_contact_reference", 10001),
        migrations.RunSQL(REFERENCE, "DROP FUNCTION cases_reference(text, text)"),
    ]
