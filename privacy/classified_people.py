"""What kind of information is in the columns about who sits at tables, and in the code lists? (`classification.py`)"""

from __future__ import annotations

from privacy.data_category import DataCategory

D = DataCategory

PEOPLE_AND_CODES: dict[str, dict[DataCategory, str]] = {
    "agencies.Sector": {
        D.TECHNICAL: "id version",
        D.PUBLIC_REFERENCE: "code label_en label_fr examples_en examples_fr provenance french_provenance valid_from"
        " retired_on why why_retired",
        D.PERSONNEL: "written_by retired_by",
    },
    "agencies.Agency": {
        D.TECHNICAL: "id",
        D.PUBLIC_REFERENCE: "name_en name_fr sector statutes public_contact is_active",
    },
    "agencies.Table": {
        D.TECHNICAL: "id",
        D.PUBLIC_REFERENCE: "code name_en name_fr region_en region_fr time_zone quorum contact_clock_hours"
        " contact_clock_counts_weekends retention_days retention_basis youth_codes_before_f4 youth_codes_assessment"
        " idle_minutes review_after_meetings",
    },
    "agencies.Belonging": {D.TECHNICAL: "id", D.PERSONNEL: "agency table since until"},
    "agencies.Member": {
        D.TECHNICAL: "id is_superuser groups user_permissions",
        D.CREDENTIAL: "password",
        D.PERSONNEL: "email name agency language phone is_active joined_at last_login",
    },
    "agencies.Member_groups": {D.TECHNICAL: "id member group"},
    "agencies.Member_user_permissions": {D.TECHNICAL: "id member permission"},
    "agencies.Seat": {
        D.TECHNICAL: "id",
        D.PERSONNEL: "member table agency role starts_on ends_on accepted_by_lead_at accepted_by_member_at meeting item"
        " covers proposed_by confirmed_as confirmed_by",
    },
    "agencies.Standing": {D.PERSONNEL: "seat member table agency role meeting item"},
    "agencies.PaperText": {
        D.TECHNICAL: "id version written_at published_at",
        D.PUBLIC_REFERENCE: "digest table kind body_en body_fr term_days reviewed valid_from sign_again_from",
        D.PERSONNEL: "written_by",
    },
    "agencies.PreparedAgreement": {
        D.TECHNICAL: "id prepared_at withdrawn_at",
        D.PERSONNEL: "agency table starts_on ends_on signatory signatory_email language prepared_by agreement",
    },
    "agencies.AgreementInForce": {D.PERSONNEL: "agreement agency table"},
    "agencies.OnCall": {D.TECHNICAL: "id set_at", D.PERSONNEL: "agency table since until set_by"},
    "agencies.Call": {
        D.TECHNICAL: "id called_at",
        D.PERSONNEL: "agency table reason called_by",
        D.PRESENCE: "meeting item",
    },
    "agencies.ExpiryNotice": {D.TECHNICAL: "id kind paper days at"},
    "agencies.SharingAgreement": {
        D.TECHNICAL: "id",
        D.PERSONNEL: "agency table text_hash signatory_name signatory_office signatory_email signed_by prepared_by text"
        " text_version language signed_on starts_on ends_on ended_at ended_by",
    },
    "agencies.Undertaking": {
        D.TECHNICAL: "id",
        D.PERSONNEL: "member table text text_hash text_version language signed_on ends_on",
    },
    "agencies.SignIn": {
        D.TECHNICAL: "id since seen_at confirmed_at second_factor locked_at presenting_since idle_minutes",
        D.CREDENTIAL: "session_key",
        D.PERSONNEL: "member device",
    },
    "agencies.SecondFactor": {D.TECHNICAL: "last_step since", D.CREDENTIAL: "secret", D.PERSONNEL: "member"},
    "agencies.RecoveryCode": {D.TECHNICAL: "id", D.CREDENTIAL: "digest", D.PERSONNEL: "member"},
    "agencies.Tries": {D.TECHNICAL: "count since locked_until locks", D.CREDENTIAL: "key"},
    "agencies.Letter": {
        D.TECHNICAL: "id kind subject created_at sent_at attempts expires_at used_at",
        D.PERSONNEL: "member address language handed_by",
        D.CREDENTIAL: "token_hash",
    },
    "risk.CatalogueEntry": {
        D.TECHNICAL: "id version position",
        D.PUBLIC_REFERENCE: "code_list category_code code label_en label_fr category_en category_fr definition_en"
        " definition_fr provenance french_provenance hidden_for_youth valid_from retired_on origin why why_retired",
        D.PERSONNEL: "written_by retired_by",
    },
}
