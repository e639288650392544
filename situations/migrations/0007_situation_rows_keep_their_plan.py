"""Row policies of situations, meetings and interventions ask through functions with a kept plan; same rules.

And an index in the order of the list: one table's newest rows, ended ones too, without sorting all of them
(architecture.md, "Visibility that stays fast": always within one table).
"""

from django.db import migrations

from privacy.rowpolicies import (
    ME,
    alter,
    guest,
    guest_kept,
    seated,
    seated_kept,
    visible_state,
    visible_state_kept,
)

_ENGAGED = (
    "(situation_id = ANY (ARRAY(SELECT e.access_id FROM privacy_engagement e"
    f" WHERE e.person_id = {ME} AND e.status = 'engaged')))"
)
_ENGAGED_KEPT = "(situation_id = ANY ((SELECT situations_engaged_in())::uuid[]))"

_FUNCTION = f"""
CREATE FUNCTION situations_engaged_in() RETURNS uuid[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN ARRAY(SELECT e.access_id FROM public.privacy_engagement e
                  WHERE e.person_id = {ME} AND e.status = 'engaged');
END $$;
GRANT EXECUTE ON FUNCTION situations_engaged_in TO st_app;
"""

#: table -> (rule as it was, the same with kept plans)
RULES = {
    "situations_situation": (visible_state(), visible_state_kept()),
    "situations_meeting": (f"({seated()} OR {guest('id')})", f"({seated_kept()} OR {guest_kept('id')})"),
    "situations_meetingpresence": (
        f"({seated()} OR {guest('meeting_id')})",
        f"({seated_kept()} OR {guest_kept('meeting_id')})",
    ),
    "situations_agendaitem": (
        f"({seated()} OR {guest('meeting_id')})",
        f"({seated_kept()} OR {guest_kept('meeting_id')})",
    ),
    "situations_itempresence": (seated(), seated_kept()),
    "situations_discussioncounter": (seated(), seated_kept()),
} | {
    f"situations_{table}": (_ENGAGED, _ENGAGED_KEPT)
    for table in ("intervention", "firstcontact", "consent", "noticetask", "planentry", "servicemobilized")
}


class Migration(migrations.Migration):
    dependencies = (
        ("situations", "0004_a_situation_keeps_its_agency"),
        ("privacy", "0011_access_rows_keep_their_plan"),
    )
    operations = (
        migrations.RunSQL(_FUNCTION, "DROP FUNCTION situations_engaged_in();"),
        *(migrations.RunSQL(alter(table, kept), alter(table, was)) for table, (was, kept) in RULES.items()),
    )
