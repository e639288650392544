"""Which words with capitals are not somebody, because of the words beside them: towns, brands, laws, feasts, diseases?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard import lexicon

#: Places, brands, laws and days of several words, some of which are names alone.
_SEVERAL = re.compile(
    r"(?<!\w)(?:prince (?:albert|george|edward county|edward island)|(?:north|thunder|parry|georgian|hudson|james|kashechewan) (?:bay|sound)|fort (?:frances|erie|albany|severn|qu'appelle|mcmurray)|sault (?:ste|sainte)\.? marie|moose (?:jaw|factory|cree)|"
    r"(?:st|saint)\.? (?:catharines|thomas|marys|jacobs|lawrence|john's|jerome|hyacinthe|jean)|owen sound|(?:elliot|kirkland|red|rainy|big trout|sandy|eagle|pickle|la ronge|meadow|turtle) (?:lake|river)|niagara falls|sioux (?:lookout|narrows)|"
    r"(?:new|old) (?:york|liskeard|brunswick|hamburg)|smiths falls|swift current|la (?:ronge|loche|sarre|tuque)|val[- ]d'or|rouyn[- ]noranda|trois[- ]rivieres|nova scotia|british columbia|six nations|first nations?|attawapiskat|moosonee|"
    r"tim hortons?|canadian tire|home depot|dairy queen|ronald mcdonald|(?:jordan|clare|brian|kendra|christopher|rowan|ryan|ellen|keira|gord)'s (?:principle|law)|(?:principe|loi|alerte) (?:de |d')?(?:jordan|clare|brian|kendra|christopher|rowan|ryan|ellen|keira|amber)|amber alert|gladue|children'?s aid|salvation army|"
    r"victoria day|canada day|labour day|boxing day|new year'?s|st\.? patrick'?s|remembrance day|family day|saint-jean(?:-baptiste)?|good friday|"
    r"mental health act|form 1|bell let's talk|kids help phone|jeunesse j'ecoute|tel-jeunes|shih tzu|saint bernard|alcoholics anonymous|narcotics anonymous|stanley cup|major crimes|"
    r"(?:fete|jour|anniversaire) (?:de la reine|du roi|des patriotes|du travail|du canada|de dollard)|(?:king|queen)'s (?:birthday|bench|park|printer)|(?:saint|st)[- ](?:valentin|patrick|nicolas|sylvestre)|"
    r"jack daniels?(?:'s)?|jim beam|johnnie walker|grey goose|crown royal|canadian club|labatt blue|molson canadian|dr\.? pepper|harley[- ]davidson|john deere|mary brown'?s|mike's hard|laura secord|tommy hilfiger|calvin klein|"
    r"gilles de la tourette|lou gehrig|guillain[- ]barre|prader[- ]willi|lewy bod(?:y|ies)|corps de lewy|down syndrome|jean coutu|"
    r"st\.? john ambulance|ambulance saint-jean|robert'?s rules|big brothers(?: big sisters)?|grands freres|meals on wheels|old age security)(?!\w)"
)
#: What bears the name of whoever described it: "Broca's aphasia", "Bell's palsy", "syndrome de Rett".
_DESCRIBED = re.compile(
    r"(?<!\w)(?P<who>[a-z][\w-]{2,20})(?:'s?)? (?:syndrome|aphasia|palsy|lymphoma|chorea|contracture|encephalopathy|anemia|sarcoma|reflex)\b"
    r"|(?<!\w)(?:syndrome|paralysie|aphasie|lymphome|choree|encephalopathie|sarcome|manoeuvre|tendon) (?:de |d')(?P<whose>[a-z][\w-]{2,20})"
)
#: What is also somebody's: "Paul's disease", "le test de Sophie".
_MAYBE_OWNED = re.compile(
    r"(?<!\w)(?P<who>[a-z][\w-]{2,20})(?:'s?)? (?:disease|disorder|thyroiditis|dementia|scale|inventory|questionnaire|index|criteria|sign)\b"
    r"|(?<!\w)(?:maladie|trouble|demence|thyroidite|echelle|inventaire|questionnaire|indice|test|criteres|signe) (?:de |d')(?P<whose>[a-z][\w-]{2,20})"
)


def phrases(low: str) -> Iterator[tuple[int, int]]:
    """Where such words stand in `Reading.low`."""
    for found in _SEVERAL.finditer(low):
        yield found.span()
    for pattern in (_DESCRIBED, _MAYBE_OWNED):
        for found in pattern.finditer(low):
            said = found.group("who") or found.group("whose")
            if pattern is _DESCRIBED or said not in lexicon.given():
                yield found.span("who" if found.group("who") else "whose")
