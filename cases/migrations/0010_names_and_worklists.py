"""An apostrophe neither parts a name nor is missed where nobody typed it."""

from django.db import migrations

PLAIN = """
CREATE OR REPLACE FUNCTION cases_plain(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(unaccent('unaccent'::regdictionary, translate(words, '''’‘ʼ`´', '')));
"""
AS_BEFORE = """
CREATE OR REPLACE FUNCTION cases_plain(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(unaccent('unaccent'::regdictionary, words));
"""
# What is generated from a name is worked out again where the name holds one
AGAIN = """
UPDATE cases_child SET given_name = given_name
    WHERE concat(given_name, family_name, also_known_as) ~ '[''’‘ʼ`´]'
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_restricted")]
    operations = [migrations.RunSQL(PLAIN, AS_BEFORE), migrations.RunSQL(AGAIN, AGAIN)]
