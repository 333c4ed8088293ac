"""What no constraint of one row can say. A person, their teams and their deputy are of one authority, which never
changes. The audit is written once, and each entry is linked to the one before when its act commits: an entry first
queues an empty link, and the link is filled after everything else that waits for the commit, so that the one lock of
the chain is held for an instant and by nobody who still waits for another row."""

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

NOT_ONE_AUTHORITY = """
DROP TRIGGER authority_stays ON teams_team;
DROP TRIGGER authority_stays ON teams_person;
DROP TRIGGER absence_in_one_authority ON teams_absence;
DROP TRIGGER membership_in_one_authority ON teams_membership;
DROP FUNCTION authority_stays();
DROP FUNCTION absence_in_one_authority();
DROP FUNCTION membership_in_one_authority();
"""

CHAIN = """
CREATE FUNCTION teams_audit_words(e teams_auditentry) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT concat_ws(
        chr(31), e.id, (extract(epoch FROM e.at) * 1000000)::bigint, coalesce(e.by_id::text, '-'),
        coalesce(e.authority_id::text, '-'), e.kind, e.subject, e.page, e.detail::text
    );
$$;

CREATE FUNCTION teams_audit_queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO teams_auditlink (entry_id, hash) VALUES (NEW.id, '');
    RETURN NULL;
END $$;

CREATE FUNCTION teams_audit_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry teams_auditentry%ROWTYPE;
    last_position bigint;
    last_hash text;
BEGIN
    PERFORM pg_advisory_xact_lock(7162317);
    SELECT position, hash INTO last_position, last_hash FROM teams_auditlink
        WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1;
    SELECT * INTO entry FROM teams_auditentry WHERE id = NEW.entry_id;
    UPDATE teams_auditlink SET position = coalesce(last_position, 0) + 1,
        hash = encode(sha256(convert_to(coalesce(last_hash, '') || chr(31) || teams_audit_words(entry), 'UTF8')), 'hex')
        WHERE id = NEW.id;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER audit_is_queued AFTER INSERT ON teams_auditentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION teams_audit_queue();
CREATE CONSTRAINT TRIGGER audit_is_linked AFTER INSERT ON teams_auditlink
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION teams_audit_link();
"""
NO_CHAIN = """
DROP TRIGGER audit_is_linked ON teams_auditlink;
DROP TRIGGER audit_is_queued ON teams_auditentry;
DROP FUNCTION teams_audit_link();
DROP FUNCTION teams_audit_queue();
DROP FUNCTION teams_audit_words(teams_auditentry);
"""

ONCE = """
CREATE FUNCTION teams_audit_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'teams_auditlink' THEN
        IF OLD.position IS NULL AND NEW.entry_id = OLD.entry_id AND NEW.id = OLD.id THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'The audit is never changed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_is_never_changed';
END $$;
CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE OR DELETE ON teams_auditentry
    FOR EACH ROW EXECUTE FUNCTION teams_audit_once();
CREATE TRIGGER audit_link_is_never_changed BEFORE UPDATE OR DELETE ON teams_auditlink
    FOR EACH ROW EXECUTE FUNCTION teams_audit_once();
"""
NOT_ONCE = """
DROP TRIGGER audit_link_is_never_changed ON teams_auditlink;
DROP TRIGGER audit_entry_is_never_changed ON teams_auditentry;
DROP FUNCTION teams_audit_once();
"""


class Migration(migrations.Migration):
    dependencies = [("teams", "0001_people")]
    operations = [
        migrations.RunSQL(MEMBERSHIP + ABSENCE + FIXED, NOT_ONE_AUTHORITY),
        migrations.RunSQL(CHAIN, NO_CHAIN),
        migrations.RunSQL(ONCE, NOT_ONCE),
    ]
