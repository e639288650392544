"""Lets safe contact and plan be read only while the agency knows the person they are about (R27, R51).

They reached an agency because somebody had told it who the person is. Once that is recalled, or ends with the consent
it rested on, what followed ends with it at the next request: no author has to take back each entry. Only what the
originating agency told counts as knowing, so an agency cannot tell itself.
"""

from django.db import migrations

_ELEMENTS = """
CREATE OR REPLACE FUNCTION vault.elements_for(p_compartment uuid, p_agency bigint) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(v.item ORDER BY v.item), ARRAY[]::text[])
      FROM vault.sealed v JOIN public.privacy_compartment c ON c.id = p_compartment
     WHERE v.ref = c.access_id AND v.level = 'c:' || c.id::text
       AND (v.agency_id = p_agency OR ({known}EXISTS (
            SELECT 1 FROM public.privacy_disclosure d JOIN public.privacy_disclosurerecipient r ON r.disclosure_id = d.id
             WHERE d.compartment_id = c.id AND d.agency_id = v.agency_id AND d.recalled_at IS NULL
               AND v.item = ANY (d.elements) AND r.agency_id = p_agency AND r.answer <> 'not_ours'))) $$;
"""
# An action is named plan:<n>[:<person>]; without a person it is about the whole situation, or the only person.
_KNOWN = """CASE c.kind
            WHEN 'subject' THEN vault.knows(c.access_id, p_agency, c.subject)
            WHEN 'plan' THEN vault.knows(c.access_id, p_agency, coalesce(nullif(split_part(v.item, ':', 3), '')::int, 0))
            ELSE true END AND """
_KNOWS = """
-- Whether an agency knows who an affected person is (0: any of them).
CREATE FUNCTION vault.knows(p_ref uuid, p_agency bigint, p_subject integer) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.privacy_accessstate s WHERE s.ref = p_ref AND (s.originating_agency_id = p_agency OR EXISTS (
            SELECT 1 FROM public.privacy_disclosure d
              JOIN public.privacy_compartment c ON c.id = d.compartment_id AND c.kind = 'subject'
              JOIN public.privacy_disclosurerecipient r ON r.disclosure_id = d.id
             WHERE d.access_id = s.ref AND d.agency_id = s.originating_agency_id AND d.recalled_at IS NULL
               AND d.elements && ARRAY['name', 'birth', 'location']::varchar[]
               AND (p_subject = 0 OR c.subject = p_subject) AND r.agency_id = p_agency AND r.answer <> 'not_ours'))) $$;
REVOKE ALL ON FUNCTION vault.knows FROM PUBLIC;
"""


def _as_vault(sql: str) -> str:
    return f"SET LOCAL ROLE st_vault;\n{sql}\nRESET ROLE;"


class Migration(migrations.Migration):
    dependencies = (("privacy", "0007_a_bug_with_sql_opens_nothing"),)
    operations = (
        migrations.RunSQL(
            _as_vault(_KNOWS + _ELEMENTS.format(known=_KNOWN)),
            _as_vault(_ELEMENTS.format(known="") + "DROP FUNCTION vault.knows;"),
        ),
    )
