"""Which form asks for which act? The names are those of `situations.acts`; a test compares the two."""

from __future__ import annotations

from situations.forms import (
    consent,
    correcting,
    disclosure,
    door,
    ending,
    follow_up,
    intervention,
    presenting,
    threshold,
    whole,
    youth,
)
from situations.forms.base import ActForm

_ASKING: tuple[type[ActForm], ...] = (
    whole.DraftForm,
    presenting.PresentForm,
    threshold.ReturnForm,
    threshold.AcceptForm,
    threshold.RejectForm,
    threshold.StopForm,
    door.OfferForm,
    door.ChooseForm,
    door.UnchooseForm,
    door.NamePersonForm,
    door.ProposeLeadForm,
    door.AddAgencyForm,
    disclosure.IdentifiersForm,
    disclosure.DiscloseForm,
    disclosure.AnswerForm,
    disclosure.RecallForm,
    intervention.RecordAuthorityForm,
    intervention.SafeContactForm,
    intervention.PlanForm,
    intervention.PlanDoneForm,
    intervention.ContactForm,
    intervention.MobilizeForm,
    intervention.NoticeForm,
    youth.YouthNoteForm,
    follow_up.FollowUpForm,
    consent.ConsentForm,
    consent.WithdrawConsentForm,
    ending.ConcludeForm,
    correcting.CorrectOutcomeForm,
    correcting.CorrectRejectionForm,
    correcting.CorrectContactForm,
    ending.TransferForm,
    ending.TransferInterventionForm,
)
#: Acts that ask nothing: True where the act decides on all that was seen.
_ASKING_NOTHING = {
    "discard": True, "withdraw": True, "discuss": False, "stand": False, "agree_reject": False,
    "object": False, "resolve_objection": False, "defer": True, "pass_door": True, "confirm_lead": False,
    "stop_intervention": True, "recuse": False, "freeze": False, "unfreeze": False, "hold": False, "release": False,
}  # fmt: skip

FORMS: dict[str, type[ActForm]] = {form.act: form for form in _ASKING} | {
    name: ending.nothing_asked(name, decides=decides) for name, decides in _ASKING_NOTHING.items()
}
