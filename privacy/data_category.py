"""Which kinds of information does a column hold? The words of the classification (`classification.py`)."""

from __future__ import annotations

from enum import Enum


class DataCategory(Enum):
    """What a column holds."""

    PUBLIC_REFERENCE = "Code lists, tables and agencies: public, versioned"
    PERSONNEL = "Who sits for whom, and on what signed paper"
    CREDENTIAL = "Sign-in secrets"
    ACCESS_STATE = "Stage and rights: opaque references, no fact about the person at risk"
    STATUS = "Number, dates, type and outcome: what remains of a rejected item"
    SIX_GROUPS = "Assisting agencies, risk factors, study flags, protective factors, affected persons, services"
    SCREENING = "Coded screening answers of the originating agency"
    DISCUSSION = "Who stood behind an item and who objected, while it is undecided"
    DECISION = "What the table decided, by code, with whom present"
    PRESENCE = "Who was at which meeting and for which item"
    INTERVENTION = "What intervening agencies did, by code and date"
    SEALED = "Ciphertext of identifiers and of every free text"
    KEY = "Wrapped data keys, on the second server only"
    LEDGER = "The record of disclosures: ids and codes"
    STATISTICS = "The coded record, apart from the situation"
    EVALUATION = "What a steering committee says of its table's work as a whole: costs, proxies, notes, gaps"
    TECHNICAL = "Surrogate keys, versions and clocks of the machinery"
