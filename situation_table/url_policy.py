"""Who may ask for which address? An address without a row here answers 404.

This is the outermost of the walls: it only says whether a sign-in is needed. What a signed-in member sees is decided
by the loader of each view, the policy and PostgreSQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from situations.acts import ACTS


@dataclass(frozen=True, slots=True)
class UrlRule:
    """Who may ask, and why that is right.

    `sure`: only with a password or code given within ten minutes. `even`: open as well in a session that is locked, or
    unfinished: its required second factor is not set up yet.
    """

    who: Literal["anyone", "member"]
    because: str
    sure: bool = False
    even: frozenset[str] = frozenset()


_LOCKED, _UNFINISHED = frozenset({"locked"}), frozenset({"unfinished"})


URL_POLICY: dict[str, UrlRule] = {
    "login": UrlRule("anyone", "One has to be able to sign in."),
    "sign_in_code": UrlRule("anyone", "The second step; without a right password before, it leads to the first."),
    "logout": UrlRule("member", "Ends one's own session.", even=_LOCKED | _UNFINISHED),
    "my_sign_in": UrlRule("member", "One's own second factor and sessions."),
    "sessions_end": UrlRule("member", "Ends sessions of one's own; row policies know no others."),
    "password_change": UrlRule("member", "One's own password, with the one before.", sure=True),
    "factor_set_up": UrlRule("member", "One's own second factor.", sure=True, even=_UNFINISHED),
    "factor_qr": UrlRule("member", "The picture of a secret that is not in use yet.", sure=True, even=_UNFINISHED),
    "recovery_codes": UrlRule("member", "One's own recovery codes, new ones only.", sure=True),
    "factor_off": UrlRule("member", "One's own second factor, where no seat requires it.", sure=True),
    "lock": UrlRule("member", "Locks one's own session.", even=_LOCKED | _UNFINISHED),
    "here": UrlRule("member", "Says that somebody is there; answers nothing.", even=_LOCKED | _UNFINISHED),
    "again": UrlRule("member", "One's own password or code, again.", even=_LOCKED | _UNFINISHED),
    "present_begin": UrlRule("member", "Shares one's own screen: opens less, never more."),
    "present_end": UrlRule("member", "Ends it, with one's own password or code again.", sure=True),
    "set_language": UrlRule("anyone", "Sets a language cookie and nothing else."),
    "health": UrlRule("anyone", "Says that the process and its two servers answer; holds no data."),
    # The second door. Its views answer in JSON, and 403 without a sign-in.
    "api_schema": UrlRule("member", "The contract holds no data, but is for those who have work to do here."),
    "api:me": UrlRule("member", "One's own seats."),
    "api:catalogue": UrlRule("member", "The code lists."),
    "api:situations": UrlRule("member", "Rows by seat and policy; drafts for a seat of the own agency."),
    "api:situation": UrlRule("member", "The projection decides what is seen; absent and forbidden are one."),
    "api:decisions": UrlRule("member", "The acts of this member at this stage."),
    "api:ledger": UrlRule("member", "Who has seen it, for those whom the policy names."),
    "api:reveals": UrlRule("member", "PostgreSQL checks the right and records the purpose.", sure=True),
    "api:revealed": UrlRule("member", "PostgreSQL checks the committed receipt again."),
    "api:meetings": UrlRule("member", "Meetings of tables where one sits."),
    "api:meeting": UrlRule("member", "Who sits at the table, and guests while it sits."),
    "api:meetings_weekly": UrlRule("member", "Who sits at the table; else 404."),
    "api:meeting_record": UrlRule(
        "member", "Who sits at the table, once the meeting is over; items by the projection."
    ),
    "api:meeting_confirm": UrlRule("member", "The verb asks for facilitator or recorder."),
    "api:meeting_change": UrlRule("member", "The verb asks for facilitator or recorder."),
    "api:meeting_cancel": UrlRule("member", "The verb asks for facilitator or recorder."),
    "api:meeting_start": UrlRule("member", "The verb asks for facilitator or recorder."),
    "api:meeting_end": UrlRule("member", "The verb asks for facilitator or recorder."),
    "api:meeting_presence": UrlRule("member", "Oneself, or anybody by whoever runs the meeting."),
    "api:meeting_agenda": UrlRule("member", "The verb asks for facilitator or recorder."),
    "api:meeting_order": UrlRule("member", "The verb asks for facilitator or recorder."),
    "api:meeting_minutes": UrlRule("member", "The verb asks for facilitator or recorder."),
    "api:meeting_driving": UrlRule("member", "Facilitator or recorder of the meeting's table; else 404."),
    "api:meeting_turn": UrlRule("member", "The verb asks for whoever drives."),
    "api:meeting_hand_over": UrlRule("member", "The verb asks for whoever drives."),
    "api:meeting_take_over": UrlRule("member", "The verb asks for facilitator or recorder."),
    **{f"api:act_{act.name}": UrlRule("member", act.because) for act in ACTS.values()},
    # The pages of situations and meetings.
    "home": UrlRule("member", "What waits for this member, by own seats and engagements."),
    "situations": UrlRule("member", "Rows of one own table; the projection leaves out what may not be known."),
    "situation": UrlRule("member", "The projection decides what is seen; absent and forbidden are one."),
    "draft_new": UrlRule("member", "Opens a draft for a seat of the own agency only."),
    "draft_section": UrlRule("member", "The own agency's draft; to everybody else it does not exist."),
    "draft_screen": UrlRule("member", "The own agency's draft; to everybody else it does not exist. Keeps nothing."),
    "act": UrlRule("member", "The lifecycle decides, with its reason."),
    "reveal": UrlRule("member", "PostgreSQL checks the right and records the purpose.", sure=True),
    "revealed": UrlRule("member", "PostgreSQL checks the committed receipt again."),
    "huddle_presence": UrlRule("member", "A named person of the situation only."),
    "meetings": UrlRule("member", "Meetings of tables where one sits; planning asks for facilitator or recorder."),
    "meetings_weekly": UrlRule("member", "Facilitator or recorder of the table; else 404."),
    "meetings_weekly_do": UrlRule("member", "Facilitator or recorder of the table; else 404."),
    "calendar_feed": UrlRule("member", "One's own calendar address; shown once, and outlives the day.", sure=True),
    "calendar_feed_off": UrlRule("member", "One's own calendar address."),
    "calendar_file": UrlRule("anyone", "Whoever has the secret address: times, numbers and links; nobody's is 404."),
    "meeting_on_paper": UrlRule("member", "Facilitator or recorder of a table; else 404."),
    "meeting_record": UrlRule("member", "Who sits at the table, once it is over; items by the projection."),
    "meeting_record_pdf": UrlRule("member", "The same record for the same people, to print."),
    "meeting_confirm": UrlRule("member", "The verb asks for facilitator or recorder."),
    "meeting_correct": UrlRule("member", "Facilitator or recorder of the meeting's table; else 404."),
    "meeting_change": UrlRule("member", "Facilitator or recorder of the meeting's table; else 404."),
    "meeting_cancel": UrlRule("member", "Facilitator or recorder of the meeting's table; else 404."),
    "meeting": UrlRule("member", "Who sits at the table, and guests while it sits."),
    "meeting_do": UrlRule("member", "The verbs ask for facilitator or recorder; presence also for oneself."),
    "meeting_now": UrlRule("member", "As the meeting; the item by the projection, nothing of it past the door."),
    "meeting_control": UrlRule("member", "Facilitator or recorder of the meeting's table; else 404."),
    "meeting_screen": UrlRule("member", "Seated at the meeting's table, else 404; what the whole room may look at."),
    "meeting_turn": UrlRule("member", "The verb asks for whoever drives."),
    "meeting_undo": UrlRule("member", "The verb asks for whoever drives."),
    "meeting_leaves": UrlRule("member", "The verbs ask for whoever drives."),
    "meeting_minutes": UrlRule("member", "The verb asks for facilitator or recorder."),
    "meeting_drive": UrlRule("member", "The verbs ask for facilitator or recorder."),
    "meeting_guests": UrlRule("member", "The facilitator of the meeting's table; else 404."),
    "meeting_guest_off": UrlRule("member", "The facilitator of the meeting's table; else 404."),
    "live_meeting": UrlRule("member", "Who may open the meeting's page; asked again at every heartbeat."),
    "live_situation": UrlRule("member", "Who may know that it exists; asked again at every heartbeat."),
    "live_huddle": UrlRule("member", "Named persons of the situation; asked again at every heartbeat."),
    "ledger": UrlRule("member", "The privacy officer of the table; to everybody else it does not exist."),
    "sharing": UrlRule("member", "The sharing policy, the same for everybody; holds no data."),
    # What is signed, by whom, until when.
    "to_sign": UrlRule("member", "What waits for one's own signature, and why nothing opens; to everybody their own."),
    "sign_undertaking": UrlRule("member", "One's own undertaking, with the own password again."),
    "sign_agreement": UrlRule("member", "The agency's signatory whom the agreement waits for; else 404."),
    "sign_by_link": UrlRule("anyone", "A signatory from outside, by a one-time link that was mailed; else 404."),
    "guest_joins": UrlRule("anyone", "An invited guest chooses a password, by a one-time link; else 404."),
    "papers": UrlRule("member", "Administrator and privacy officer of the table; an agency's lead the own; else 404."),
    "papers_ending": UrlRule("member", "The same people; everybody else is led to what they sign themselves."),
    "agreement": UrlRule("member", "The same people; else 404."),
    "agreement_end": UrlRule("member", "The administrator of the table or the agency's lead; else 404."),
    "undertaking": UrlRule("member", "The person who signed, and the same people; else 404."),
    "paper_withdraw": UrlRule("member", "The administrator of the table; else 404."),
    "paper_prepare": UrlRule("member", "The administrator of the table, who cannot sign; else 404."),
    "on_call": UrlRule("member", "The administrator of the table; else 404."),
    "paper_text": UrlRule("member", "The administrator of the table; else 404."),
    "paper_text_edit": UrlRule("member", "The administrator of the table; else 404."),
    "paper_text_publish": UrlRule("member", "The administrator of the table; else 404."),
    "paper_text_drop": UrlRule("member", "The administrator of the table; else 404."),
    # Who belongs: agencies, tables, people, seats.
    "first_run": UrlRule("anyone", "An empty installation, with the code of its server; once a member is there, 404."),
    "setting_up": UrlRule("member", "An administrator's held seat; else 404."),
    "join": UrlRule("anyone", "Who was invited chooses a password, by a one-time link; else 404."),
    "confirm_seats": UrlRule("anyone", "An agreement's signatory, by a one-time link that was sent; else 404."),
    "people": UrlRule("member", "Administrator of the table; lead and privacy lead of the agency, its own; else 404."),
    "person_add": UrlRule("member", "Administrator of a table, or an agency's lead for the own agency; else 404."),
    "people_import": UrlRule("member", "An administrator's held seat; else 404."),
    "person": UrlRule("member", "Whoever sees to a seat of the person; to everybody else the person does not exist."),
    "person_change": UrlRule("member", "Whoever sees to every seat of the person, never oneself; else 404."),
    "seat_propose": UrlRule("member", "Whoever sees to the person and may propose; else 404."),
    "leaving": UrlRule("member", "Whoever may end a seat of the person, never oneself; else 404."),
    "hand_over": UrlRule("member", "The lead of the agency, in good standing; else 404."),
    "seat": UrlRule("member", "The person of the seat, and whoever sees to it; else 404."),
    "seat_cover": UrlRule("member", "Whoever may end the seat; else 404."),
    "seat_do": UrlRule("member", "The verbs ask who may; PostgreSQL refuses an own activation as well."),
    "agencies": UrlRule("member", "An administrator's held seat; else 404."),
    "agency_add": UrlRule("member", "An administrator's held seat; else 404."),
    "agency": UrlRule("member", "An administrator of a table it belongs to; changed by who administers them all."),
    "tables": UrlRule("member", "An administrator's held seat; else 404."),
    "table_add": UrlRule("member", "An administrator's held seat; else 404."),
    "table_settings": UrlRule("member", "The administrator of the table; else 404."),
    "letters": UrlRule("member", "An administrator's held seat; links of the own tables only."),
    "letter_again": UrlRule("member", "The administrator of the table the link is for, never the own link; else 404."),
    # The code lists: public words, changed by administrators only.
    "code_lists": UrlRule("member", "An administrator's standing seat; to everybody else it does not exist."),
    "code_list": UrlRule("member", "An administrator's standing seat; else 404."),
    "code": UrlRule("member", "An administrator's standing seat; else 404."),
    "code_add": UrlRule("member", "An administrator's standing seat; else 404."),
    "code_change": UrlRule("member", "An administrator's standing seat; else 404."),
    "sectors": UrlRule("member", "An administrator's held seat; else 404."),
    "sector": UrlRule("member", "An administrator's held seat; else 404."),
    "sector_add": UrlRule("member", "An administrator's held seat; else 404."),
    "sector_change": UrlRule("member", "An administrator's held seat; else 404."),
    # What we tell others: totals only.
    "quarter": UrlRule("member", "A manager's, facilitator's or recorder's standing seat at the table; else 404."),
    "quarter_csv": UrlRule("member", "The same seat, the same figures."),
    "own_figures": UrlRule("member", "An agency lead's seat in good standing, that agency's totals; else 404."),
    "own_csv": UrlRule("member", "The same seat, the same figures."),
    "evaluation": UrlRule("member", "A committee's own: managers and who reads beside them; else 404."),
    "evaluation_add": UrlRule("member", "A manager of the table; else 404."),
    "evaluation_take_back": UrlRule("member", "A manager of the table; else 404."),
    "planning": UrlRule("member", "A committee's own: managers and who reads beside them; else 404."),
    "planning_add": UrlRule("member", "Who manages, runs or records the table; areas a manager alone; else 404."),
    "planning_move": UrlRule("member", "Who manages, runs or records the table; else 404."),
    "planning_take_up": UrlRule("member", "A manager of the table; else 404."),
    "health_of_table": UrlRule("member", "Who keeps the table; to its administrator attendance alone; else 404."),
    "releases": UrlRule("member", "Everybody reads what may be read by the row policy; preparing needs a seat."),
    "release": UrlRule("member", "The committee's own to its seats; partners' to every seat; the public's to all."),
    "release_file": UrlRule("member", "The same rows: rights are asked again at each download."),
    "release_sum": UrlRule("member", "Sums of releases the row policy shows to the reader, and of no others."),
    "release_sum_file": UrlRule("member", "The same sums: rights are asked again at each download."),
    "release_step": UrlRule("member", "Seats that prepare packs; a second person signs off; else 404 or refused."),
    # The coded record: what leaves for the province, what was entered there, what came in from before.
    "record": UrlRule("member", "A recorder's, facilitator's or manager's standing seat at the table; else 404."),
    "export_prepare": UrlRule("member", "The recorder of the table; else 404."),
    "export": UrlRule("member", "The same seats as the record; its lines to the recorder only."),
    "export_approve": UrlRule("member", "A facilitator or manager of the table who did not prepare it."),
    "export_take": UrlRule("member", "The recorder of the table, once it is approved; written down."),
    "entry_list": UrlRule("member", "The recorder of the table; else 404."),
    "entry": UrlRule("member", "The recorder of the table; else 404."),
    "entry_done": UrlRule("member", "The recorder of the table; else 404."),
    "import_past": UrlRule("member", "The recorder of the table; else 404. The file is not kept."),
    "import_undo": UrlRule("member", "The recorder of the table; else 404."),
    "api_planning": UrlRule("member", "The same seats, the same figures as the page of the plan."),
    "api_health": UrlRule("member", "The same seats as the page; to the administrator attendance alone."),
    "api_quarter": UrlRule("member", "The same seat, the same figures."),
    "api_releases": UrlRule("member", "The same rows as the page of releases."),
    "api_release_sum": UrlRule("member", "The same sums as the page."),
    "api_release": UrlRule("member", "The same rows, as the JSON file says them; else 404."),
}
