from django.db import migrations

# What a check constraint cannot see: two rows of other tables must belong to the same authority
MEMBERSHIP = """
CREATE FUNCTION membership_in_one_authority() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT authority_id FROM teams_person WHERE id = NEW.person_id)
       <> (SELECT authority_id FROM teams_team WHERE id = NEW.team_id) THEN
        RAISE EXCEPTION 'person and team belong to different authorities'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_in_one_authority';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER membership_in_one_authority BEFORE INSERT OR UPDATE OF person_id, team_id ON teams_membership
    FOR EACH ROW EXECUTE FUNCTION membership_in_one_authority();
"""

ABSENCE = """
CREATE FUNCTION absence_in_one_authority() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT authority_id FROM teams_person WHERE id = NEW.person_id)
       <> (SELECT authority_id FROM teams_person WHERE id = NEW.deputy_id) THEN
        RAISE EXCEPTION 'person and deputy belong to different authorities'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'absence_in_one_authority';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER absence_in_one_authority BEFORE INSERT OR UPDATE OF person_id, deputy_id ON teams_absence
    FOR EACH ROW EXECUTE FUNCTION absence_in_one_authority();
"""

FIXED = """
CREATE FUNCTION authority_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row never moves to another authority'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'authority_stays';
END $$;
CREATE TRIGGER authority_stays BEFORE UPDATE OF authority_id ON teams_person
    FOR EACH ROW WHEN (OLD.authority_id <> NEW.authority_id) EXECUTE FUNCTION authority_stays();
CREATE TRIGGER authority_stays BEFORE UPDATE OF authority_id ON teams_team
    FOR EACH ROW WHEN (OLD.authority_id <> NEW.authority_id) EXECUTE FUNCTION authority_stays();
"""

REVERSE = """
DROP TRIGGER authority_stays ON teams_team;
DROP TRIGGER authority_stays ON teams_person;
DROP TRIGGER absence_in_one_authority ON teams_absence;
DROP TRIGGER membership_in_one_authority ON teams_membership;
DROP FUNCTION authority_stays();
DROP FUNCTION absence_in_one_authority();
DROP FUNCTION membership_in_one_authority();
"""


class Migration(migrations.Migration):
    dependencies = [("teams", "0001_initial")]

    operations = [migrations.RunSQL(MEMBERSHIP + ABSENCE + FIXED, REVERSE)]
