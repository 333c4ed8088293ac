"""What no constraint of one row can say, kept by the database: an open case is held by exactly one team at every
instant, a worker belongs to the team they work for, and a line once written is never rewritten."""

from django.db import migrations

HELD = """
CREATE FUNCTION cases_refuse_unheld(the_case bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    opened tstzmultirange;
    held tstzmultirange;
    the cases_case%ROWTYPE;
BEGIN
    SELECT * INTO the FROM cases_case WHERE id = the_case;
    IF NOT FOUND THEN RETURN; END IF;
    SELECT range_agg(period) INTO opened FROM cases_opening WHERE case_id = the_case;
    SELECT range_agg(period) INTO held FROM cases_involvement
        WHERE case_id = the_case AND role = 'responsible_team' AND upper_inf(recorded);
    IF opened IS DISTINCT FROM held THEN
        RAISE EXCEPTION 'Case % is open % but held by a team %', the.reference, opened, held
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_is_held_while_open';
    END IF;
    IF NOT EXISTS (
        SELECT FROM cases_opening WHERE case_id = the_case
            AND lower(period) = the.opened_at AND upper(period) IS NOT DISTINCT FROM the.closed_at
    ) OR upper(opened) IS DISTINCT FROM the.closed_at THEN
        RAISE EXCEPTION 'Case % does not say when it was opened and closed as its openings do', the.reference
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_agrees_with_its_openings';
    END IF;
    IF NOT EXISTS (SELECT FROM cases_child WHERE id = the.child_id AND authority_id = the.authority_id) THEN
        RAISE EXCEPTION 'Case % and its child belong to different authorities', the.reference
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_authority_is_the_childs';
    END IF;
END $$;

CREATE FUNCTION cases_case_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cases_refuse_unheld(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION cases_stretch_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cases_refuse_unheld(NEW.case_id);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER case_is_held AFTER INSERT OR UPDATE ON cases_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cases_case_written();
CREATE CONSTRAINT TRIGGER opening_is_held AFTER INSERT OR UPDATE ON cases_opening
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cases_stretch_written();
CREATE CONSTRAINT TRIGGER responsibility_has_no_gap AFTER INSERT OR UPDATE ON cases_involvement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.role = 'responsible_team')
    EXECUTE FUNCTION cases_stretch_written();
"""
NOT_HELD = """
DROP TRIGGER responsibility_has_no_gap ON cases_involvement;
DROP TRIGGER opening_is_held ON cases_opening;
DROP TRIGGER case_is_held ON cases_case;
DROP FUNCTION cases_stretch_written();
DROP FUNCTION cases_case_written();
DROP FUNCTION cases_refuse_unheld(bigint);
"""

# A line that only carries on from one written before (it was ended, or its end was corrected) is not asked again.
BELONGS = """
CREATE FUNCTION cases_worker_belongs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    day date := (lower(NEW.period) AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF NOT EXISTS (
        SELECT FROM teams_team team JOIN cases_case c ON c.authority_id = team.authority_id
            WHERE team.id = NEW.team_id AND c.id = NEW.case_id
    ) THEN
        RAISE EXCEPTION 'The team belongs to another authority than the case'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'involvement_team_of_the_authority';
    END IF;
    IF NEW.person_id IS NULL OR EXISTS (
        SELECT FROM teams_membership WHERE person_id = NEW.person_id AND team_id = NEW.team_id
            AND daterange(starts_on, ends_on, '[]') @> day
    ) OR EXISTS (
        SELECT FROM cases_involvement WHERE case_id = NEW.case_id AND role = NEW.role AND team_id = NEW.team_id
            AND person_id = NEW.person_id AND lower(period) = lower(NEW.period) AND id < NEW.id
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The worker did not belong to the team on %', day
        USING ERRCODE = 'check_violation', CONSTRAINT = 'involvement_worker_belongs_to_team';
END $$;

CREATE CONSTRAINT TRIGGER worker_belongs_to_team AFTER INSERT ON cases_involvement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cases_worker_belongs();
"""
NOT_BELONGS = """
DROP TRIGGER worker_belongs_to_team ON cases_involvement;
DROP FUNCTION cases_worker_belongs();
"""

# What is never changed may go whole, with the record it belongs to, inside the one act that destroys it
KEPT = """
CREATE FUNCTION cases_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('casetransfer.destroying', true) = 'on' THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'What % says is never changed', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_is_never_changed';
END $$;

CREATE FUNCTION cases_only_superseded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('casetransfer.destroying', true) = 'on' THEN RETURN OLD; END IF;
    IF TG_OP = 'UPDATE' AND upper_inf(OLD.recorded) AND lower(NEW.recorded) = lower(OLD.recorded) THEN
        OLD.recorded := NEW.recorded;
        IF OLD = NEW THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'A line of the ledger is never rewritten: end what it is recorded to say, and write another'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'involvement_is_never_rewritten';
END $$;

CREATE TRIGGER involvement_is_never_rewritten BEFORE UPDATE OR DELETE ON cases_involvement
    FOR EACH ROW EXECUTE FUNCTION cases_only_superseded();
CREATE TRIGGER opening_is_never_deleted BEFORE DELETE ON cases_opening
    FOR EACH ROW EXECUTE FUNCTION cases_never_changed();
CREATE TRIGGER journal_is_never_changed BEFORE UPDATE OR DELETE ON cases_journalentry
    FOR EACH ROW EXECUTE FUNCTION cases_never_changed();
CREATE TRIGGER answer_is_never_changed BEFORE UPDATE OR DELETE ON cases_answer
    FOR EACH ROW EXECUTE FUNCTION cases_never_changed();
CREATE TRIGGER event_date_is_never_changed BEFORE UPDATE OR DELETE ON cases_eventdate
    FOR EACH ROW EXECUTE FUNCTION cases_never_changed();
"""
NOT_KEPT = """
DROP TRIGGER event_date_is_never_changed ON cases_eventdate;
DROP TRIGGER answer_is_never_changed ON cases_answer;
DROP TRIGGER journal_is_never_changed ON cases_journalentry;
DROP TRIGGER opening_is_never_deleted ON cases_opening;
DROP TRIGGER involvement_is_never_rewritten ON cases_involvement;
DROP FUNCTION cases_never_changed();
DROP FUNCTION cases_only_superseded();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_record")]
    operations = [
        migrations.RunSQL(HELD, NOT_HELD),
        migrations.RunSQL(BELONGS, NOT_BELONGS),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
