"""Which codes stay hidden before filter 4 when the person is 12 to 17?

Source: domain.md, "Consent and notice" (R46). Criminal-involvement factors and the recidivism flag say or suggest what
only a youth-justice record knows. Whether a table's setting, with its privacy assessment, says otherwise is not decided
here: this module marks the codes, the projection hides them.
"""

from __future__ import annotations

from risk.vocabulary import CodeList

#: The age groups the rule speaks of, as codes of `CodeList.AGE_GROUP`.
YOUTH_AGE_GROUPS = frozenset({"12-17"})

_CATEGORIES = frozenset({(CodeList.RISK_FACTOR, "criminal-involvement")})
_CODES = frozenset({(CodeList.STUDY_FLAG, "recidivism")})


def hidden_for_youth(code_list: CodeList, category_code: str, code: str) -> bool:
    """Whether this code is one that a young person's situation does not show before filter 4."""
    return (code_list, category_code) in _CATEGORIES or (code_list, code) in _CODES
