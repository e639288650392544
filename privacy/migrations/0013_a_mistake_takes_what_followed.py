"""Tells a disclosure made in error from one whose consent ended: only the error takes what followed with it (R27).

Withdrawn consent ends what rested on it; what another agency told on a statute meanwhile was rightly told and stays.
"""

from django.db import migrations

from privacy.rowpolicies import follows

_BY_STATE = follows("privacy_accessstate", "ref", "access_id")
_KNOWS = """
SET LOCAL ROLE st_vault;
CREATE OR REPLACE FUNCTION vault.knows(p_ref uuid, p_agency bigint, p_subject integer) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.privacy_accessstate s WHERE s.ref = p_ref AND (s.originating_agency_id = p_agency OR EXISTS (
            SELECT 1 FROM public.privacy_disclosure d
              JOIN public.privacy_compartment c ON c.id = d.compartment_id AND c.kind = 'subject'
              JOIN public.privacy_disclosurerecipient r ON r.disclosure_id = d.id
             WHERE d.access_id = s.ref AND d.agency_id = s.originating_agency_id AND {live}
               AND d.elements && ARRAY['name', 'birth', 'location']::varchar[]
               AND (p_subject = 0 OR c.subject = p_subject) AND r.agency_id = p_agency AND r.answer <> 'not_ours'))) $$;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = (("privacy", "0012_a_guest_for_one_item_reads_that_item"),)
    operations = (
        migrations.RunSQL(
            # A mistake is final: the row can be written no more.
            f"GRANT UPDATE (in_error) ON privacy_disclosure TO st_app;"
            f" ALTER POLICY recalled ON privacy_disclosure USING ({_BY_STATE} AND NOT in_error);",
            f"ALTER POLICY recalled ON privacy_disclosure USING ({_BY_STATE});"
            " REVOKE UPDATE (in_error) ON privacy_disclosure FROM st_app;",
        ),
        migrations.RunSQL(_KNOWS.format(live="NOT d.in_error"), _KNOWS.format(live="d.recalled_at IS NULL")),
    )
