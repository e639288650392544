"""What kind of information is in every column of ours? One category a field; a field without one fails the tests.

The category says how a column is treated: what of a situation goes when the table rejects it (ENDS_WITH_REJECTION),
what goes at destruction (ENDS_WITH_RETENTION), which columns may hold words at all (MAY_HOLD_WORDS). Fields are named
`app.Model.field`; the columns of the schemas `vault` and `ledger`, which no model maps, `vault.table.column`.
Sources: house-style.md, 7; domain.md ("Sealed from the first keystroke", "Exits"); R12, R37, R42, R45.
"""

from __future__ import annotations

from privacy.classified_people import PEOPLE_AND_CODES
from privacy.data_category import DataCategory

__all__ = ["ENDS_WITH_REJECTION", "ENDS_WITH_RETENTION", "FIELDS", "MAY_HOLD_WORDS", "DataCategory", "of"]


D = DataCategory

#: Rows in which these stand are gone, or their columns empty, once an item is rejected, withdrawn or stopped (R12).
ENDS_WITH_REJECTION = frozenset({D.SIX_GROUPS, D.SCREENING, D.DISCUSSION, D.SEALED, D.KEY})
#: The same once retention is over; the coded record and the ledger remain (R42-R45).
ENDS_WITH_RETENTION = ENDS_WITH_REJECTION | {D.INTERVENTION}
#: The only categories whose columns may hold free words in the clear. None of them speaks of a person at risk.
MAY_HOLD_WORDS = frozenset({D.PUBLIC_REFERENCE, D.PERSONNEL, D.EVALUATION})

# One line a category: model -> category -> its fields.
_ROWS: dict[str, dict[DataCategory, str]] = {
    "privacy.LegalAuthority": {
        D.TECHNICAL: "id version",
        D.PUBLIC_REFERENCE: "code label_en label_fr statute test_en test_fr after_duty after_duty_en after_duty_fr"
        " needs_grounds is_consent secondary_use provenance french_provenance valid_from retired_on",
    },
    "privacy.AccessState": {
        D.TECHNICAL: "version",
        D.ACCESS_STATE: "ref table originating_agency filter presented frozen held meeting",
    },
    "privacy.Compartment": {
        D.TECHNICAL: "id",
        D.ACCESS_STATE: "access table kind readable_until",
        D.SIX_GROUPS: "subject agency",
    },
    "privacy.CompartmentGrant": {D.TECHNICAL: "id permission", D.SIX_GROUPS: "user content_object"},
    "privacy.Engagement": {
        D.TECHNICAL: "id",
        D.ACCESS_STATE: "access table",
        D.SIX_GROUPS: "agency necessity person proposed_lead lead_confirmed_at status",
    },
    # A recusal stands as long as the item: whoever stepped away stays away.
    "privacy.Recusal": {D.TECHNICAL: "id", D.ACCESS_STATE: "access table member at"},
    "privacy.AuthorityOnRecord": {
        D.TECHNICAL: "id",
        D.ACCESS_STATE: "access table",
        D.SIX_GROUPS: "agency authority by at",
    },
    "privacy.Disclosure": {
        D.TECHNICAL: "id",
        D.ACCESS_STATE: "access table compartment filter",
        D.SIX_GROUPS: "discloser agency elements purpose authority medium consent consent_ends_on at recalled_at"
        " in_error",
    },
    "privacy.DisclosureRecipient": {
        D.TECHNICAL: "id",
        D.ACCESS_STATE: "disclosure table",
        D.SIX_GROUPS: "agency member answer answered_at",
    },
    "privacy.LedgerCheck": {D.TECHNICAL: "id at rows faults"},
    "privacy.Tombstone": {D.TECHNICAL: "id", D.ACCESS_STATE: "ref table level at shredded_at"},
    "keyring.DataKey": {D.TECHNICAL: "id created_at", D.KEY: "ref level wrapped"},
    "keyring.ShreddedKey": {D.TECHNICAL: "id", D.ACCESS_STATE: "ref level at"},
    "keyring.Witness": {D.TECHNICAL: "id", D.LEDGER: "table_id number line at"},
    "situations.Situation": {
        D.TECHNICAL: "id version",
        D.STATUS: "table originating_agency state presented meeting number discussion_type opened_at saved_at"
        " presented_at discussed_at decided_at concluded_at ending_group ending_reason deferrals objections_counted"
        " transferred_from statistics_id",
        D.SCREENING: "screening duty_to_report_acknowledged summary_written",
        D.SIX_GROUPS: "likely_agencies",
    },
    "situations.Situation_likely_agencies": {D.TECHNICAL: "id", D.SIX_GROUPS: "situation agency"},
    "situations.AffectedPerson": {
        D.TECHNICAL: "id",
        D.STATUS: "situation table",
        D.SIX_GROUPS: "ordinal age_group sex part",
    },
    "situations.CodedFact": {D.TECHNICAL: "id", D.STATUS: "situation table", D.SIX_GROUPS: "entry"},
    "situations.Stand": {D.TECHNICAL: "id", D.STATUS: "situation table", D.DISCUSSION: "agency member stance at"},
    "situations.Objection": {
        D.TECHNICAL: "id",
        D.STATUS: "situation table",
        D.DISCUSSION: "agency member at resolved_at",
    },
    "situations.Offer": {D.TECHNICAL: "id at", D.DISCUSSION: "situation table agency member necessity"},
    "situations.Determination": {
        D.TECHNICAL: "id",
        D.DECISION: "situation table meeting chair typed_by act reason significant_interest high_probability"
        " severe_intensity multi_agency agencies_present dissent at",
    },
    "situations.History": {
        D.TECHNICAL: "id version",
        D.DECISION: "situation table act from_state to_state by chair at",
    },
    "situations.EndingCorrection": {
        D.TECHNICAL: "id",
        D.STATUS: "situation table was_group was_reason now_group now_reason why at",
    },
    "situations.DiscussionCounter": {D.TECHNICAL: "id table year last"},
    "situations.Performed": {D.TECHNICAL: "id member key act ref at"},
    "situations.Outbox": {
        D.TECHNICAL: "id kind table ref member_id message created_at processed_at attempts tried_at",
    },
    "situations.Meeting": {
        D.TECHNICAL: "id",
        D.PRESENCE: "table number starts_at minutes state chair started_at ended_at urgent current current_since driver"
        " handed_by slips series series_day invited_at moves on_paper",
    },
    "situations.RecordConfirmation": {D.DECISION: "meeting table confirmed_in by at"},
    "situations.RecordCorrection": {
        D.TECHNICAL: "id",
        D.DECISION: "meeting table kind reason agency item decided by at",
    },
    "situations.SystemicIssue": {D.TECHNICAL: "id", D.DECISION: "table meeting kind sector by at closed_in"},
    "situations.MeetingSeries": {
        D.TECHNICAL: "id",
        D.PRESENCE: "table weekday at minutes starts_on ends_on skipped",
    },
    "situations.CalendarFeed": {D.TECHNICAL: "since", D.PERSONNEL: "member", D.CREDENTIAL: "digest"},
    "situations.MeetingPresence": {
        D.TECHNICAL: "id",
        D.PRESENCE: "meeting table member agency mode guest left_at leaves_at",
    },
    "situations.AgendaItem": {
        D.TECHNICAL: "id position",
        D.PRESENCE: "meeting table situation kind opened_at closed_at planned_minutes spent_seconds reported_at",
    },
    "situations.ItemPresence": {
        D.TECHNICAL: "id",
        D.PRESENCE: "item table member agency room mode guest arrived_at left_at",
    },
    "situations.Intervention": {
        D.INTERVENTION: "situation table lead_agency lead_confirmed_at contact_due_at first_contact_at mail_blocked_for"
        " safe_contact_for declined_by",
    },
    "situations.FollowUp": {D.TECHNICAL: "id at", D.INTERVENTION: "situation table meeting agency member answer"},
    "situations.FirstContact": {
        D.TECHNICAL: "id at",
        D.INTERVENTION: "situation table agency member subject contacted_at result consent_outcome not_sought_reason"
        " corrects why",
    },
    "situations.Consent": {
        D.TECHNICAL: "id at",
        D.INTERVENTION: "situation table agency member subject given_on giver form scope recipients purpose expires_on"
        " withdrawn_at",
    },
    "situations.Consent_recipients": {D.TECHNICAL: "id", D.INTERVENTION: "consent agency"},
    "situations.NoticeTask": {
        D.TECHNICAL: "id",
        D.INTERVENTION: "situation table agency duty authority subject due_on done_on method excuse closed_by"
        " closed_at",
    },
    "situations.PlanEntry": {
        D.TECHNICAL: "id at",
        D.INTERVENTION: "situation table number agency by due_on done_at not_possible",
    },
    "situations.ServiceMobilized": {
        D.TECHNICAL: "id at",
        D.STATUS: "situation table",
        D.SIX_GROUPS: "agency by subject category result",
    },
    "reports.CodedRecord": {
        D.TECHNICAL: "version updated_on batch",
        D.STATISTICS: "statistics_id table status opened_on quarter decided_on closed_on accepted discussion_type"
        " originating_sector lead_sector conclusion_group conclusion_reason deferrals objections_counted"
        " hours_to_first_contact consent notice days_open catalogue_on",
        D.SIX_GROUPS: "assisting_sectors risk_factors study_flags protective_factors persons services",
    },
    "reports.ImportBatch": {
        D.TECHNICAL: "id digest",
        D.STATISTICS: "table rows first_day last_day imported_by imported_at undone_by undone_at",
    },
    "reports.BatchWords": {D.TECHNICAL: "batch", D.STATISTICS: "table", D.PUBLIC_REFERENCE: "words"},
    "reports.ImportWord": {D.TECHNICAL: "id", D.PUBLIC_REFERENCE: "table list said means"},
    "reports.Release": {
        D.TECHNICAL: "id letters_of",
        D.STATISTICS: "scope tables audience period first_day last_day state number told durations together meetings"
        " code_lists_of replaces decided_at prepared_by prepared_at checked_by checked_at signed_by signed_at"
        " released_by released_at",
        D.EVALUATION: "evaluation issues",
    },
    "reports.Cost": {
        D.TECHNICAL: "id",
        D.EVALUATION: "table kind first_day last_day amount hours currency entered_by entered_at",
    },
    "reports.Proxy": {
        D.TECHNICAL: "id",
        D.EVALUATION: "table outcome title low central high currency claimed source source_year entered_by entered_at",
    },
    "reports.EvaluationNote": {
        D.TECHNICAL: "id",
        D.EVALUATION: "table first_day last_day words marks_reason written_by written_at",
    },
    "reports.AreaOfRisk": {D.TECHNICAL: "id", D.EVALUATION: "table category area set_by set_at"},
    "reports.Matter": {
        D.TECHNICAL: "id",
        D.EVALUATION: "table kind words marks_reason area service why issue_kind issue_sector owner status raised_on"
        " raised_by changed_at",
    },
    "reports.ReleaseReasons": {D.STATISTICS: "release withheld"},
    "reports.QuarterCounts": {D.TECHNICAL: "id", D.STATISTICS: "table first_day counts days_open contact_hours"},
    "reports.RecordEntry": {D.TECHNICAL: "id version", D.STATISTICS: "record table entered_on entered_by"},
    "reports.RecordExport": {
        D.TECHNICAL: "id digest",
        D.STATISTICS: "table period rows still_open problems prepared_by prepared_at approved_by approved_at",
    },
    "reports.ExportTaking": {D.TECHNICAL: "id", D.STATISTICS: "export table taken_by taken_at form"},
    "reports.CodedRecordVersion": {D.TECHNICAL: "id", D.STATISTICS: "record table version act on"},
    # No model maps these: PostgreSQL functions alone reach them.
    "vault.sealed": {
        D.TECHNICAL: "version at",
        D.SEALED: "ref level item nonce ciphertext member_id agency_id",
    },
    "vault.used_receipt": {D.TECHNICAL: "receipt at"},
    "ledger.entry": {
        D.LEDGER: "id receipt at xid table_id ref kind filter actor_id agency_id compartment recipients"
        " recipient_agencies elements purpose authority medium consent meeting",
    },
    "ledger.seal": {D.LEDGER: "entry_id table_id number hash sealed_at"},
}

FIELDS: dict[str, DataCategory] = {
    f"{model}.{name}": category
    for model, by_category in (PEOPLE_AND_CODES | _ROWS).items()
    for category, names in by_category.items()
    for name in names.split()
}


def of(model_label: str, field: str) -> DataCategory:
    """The category of one field; KeyError when nobody classified it."""
    return FIELDS[f"{model_label}.{field}"]
