"""At which rates do real tables' discussions fall into codes? Published figures, as weights of an invented history.

Sources: published yearly figures of Ontario tables (about 42 discussions a table a year, 96% meet the threshold, 9-12
risk factors each, mental health the largest category with 14% of mentions, overall risk lowered in 60-84% of the
concluded, police originating up to 61%). What no source gives is evenly spread and says nothing about anybody.
"""

from __future__ import annotations

YEARLY = 42
THRESHOLD_MET = 0.96

TYPES = {"person": 65, "family": 32, "dwelling": 1, "group": 1, "neighbourhood": 1}
AGES = {"12-17": 20, "18-24": 29, "25-29": 21, "30-39": 14, "40-59": 10, "60-plus": 4, "6-11": 2}
SEXES = {"female": 53, "male": 45, "x": 1, "unknown": 1}
#: A family's persons: adults and children.
FAMILY_AGES = {"0-5": 12, "6-11": 18, "12-17": 25, "18-24": 8, "30-39": 25, "40-59": 12}

RISK_CATEGORIES = {
    "mental-health": 14, "criminal-involvement": 11, "drugs": 10, "alcohol": 9, "housing": 9,
    "antisocial-negative-behaviour": 8, "negative-peers": 6, "suicide": 4, "physical-health": 4,
    "emotional-violence": 3, "physical-violence": 3, "parenting": 3, "crime-victimization": 3, "self-harm": 2,
    "basic-needs": 2, "poverty": 2, "missing": 2, "missing-school": 2, "unemployment": 2, "supervision": 1,
}  # fmt: skip
FLAGS_PER_DISCUSSION = (0, 1, 1, 2, 2, 3)
PROTECTIVE_PER_DISCUSSION = (0, 1, 2, 2, 3, 4)

ORIGINATING = {
    "police": 51, "mental-health-and-addictions": 12, "education": 9, "social-services": 8, "health": 7,
    "child-protection": 5, "housing": 5, "probation-and-parole": 3,
}  # fmt: skip
LEADING = {
    "mental-health-and-addictions": 34, "child-protection": 14, "social-services": 13, "health": 11,
    "victim-services": 9, "housing": 9, "children-and-youth": 6, "probation-and-parole": 4,
}  # fmt: skip
ASSISTING_PER_DISCUSSION = (1, 2, 3, 3, 4, 5)

#: Group and reason of a conclusion. The first group is 72% of all.
CONCLUSIONS = {
    "overall-risk-lowered/connected-to-services": 58,
    "overall-risk-lowered/connected-to-personal-supports": 8,
    "overall-risk-lowered/connected-to-services-in-other-jurisdiction": 4,
    "overall-risk-lowered/through-no-action-of-the-situation-table": 2,
    "still-aer/refused-services-uncooperative": 11,
    "still-aer/informed-of-services": 7,
    "still-aer/systemic-issue": 3,
    "other/relocated": 4,
    "other/unable-to-locate": 3,
}
REJECTIONS = {
    "single-agency-can-address-risk-alone": 4,
    "already-connected-to-appropriate-services-with-potential-to-mitigate-risk": 3,
    "originator-has-not-exhausted-all-options-to-address-issue": 2,
    "situation-not-deemed-to-be-one-of-acutely-elevated-risk": 1,
}
SERVICES = {
    "mental-health": 22, "counselling": 12, "housing": 11, "addiction": 11, "social-services": 8, "medical-health": 8,
    "victim-support": 6, "parenting-support": 5, "harm-reduction": 5, "shelter": 4, "safety-planning": 4,
    "education-support": 2, "cultural-support": 2,
}  # fmt: skip
RESULTS = {
    "connected-to-service": 46, "engaged-with-service": 22, "informed-of-service": 18, "refused-service": 12,
    "no-services-available": 2,
}  # fmt: skip
#: Hours from the confirmed lead to first contact: usually within the 24-48 hours of the clock.
HOURS_TO_CONTACT = {3: 6, 8: 10, 20: 18, 26: 22, 34: 16, 44: 14, 52: 8, 70: 6}
#: What came of asking for consent, and of the notices owed, in hundredths: no rates are published, these are invented.
CONSENT = {"obtained": 64, "not-obtained": 36}
NOTICES = {"not-owed": 48, "on-time": 42, "late": 6, "excused": 4}
#: Days from presentation to the end.
DAYS_OPEN = {7: 30, 14: 34, 21: 18, 28: 10, 42: 6, 63: 2}
