"""Is there a phone number, an e-mail address or a social-media name, however it was written?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard import lexicon
from privacy.guard.kinds import Kind
from privacy.guard.reading import Reading

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w+-]{1,64}(?:\.[\w+-]{1,64}){0,5}"
    r"(?:@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}|(?: @ ?|@ )[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|ca|org|net|info|qc|on|edu|gov|fr|example)\b)"
)
_DOT = r"(?:\s?[(\[{<](?:dot|point|punto|\.)[)\]}>]\s?|\s(?:dot|point|period)\s|\.)"
_AT = r"(?:\s?[(\[{<](?:at|a|arobase?|arobas|chez|@)[)\]}>]\s?|\s(?:at|at sign|arobase?|arobas|a commercial|a commerciale|commercial at)\s|\s?@\s?)"
_ENDING = r"(?:com|ca|org|net|edu|info|fr|gov|gouv|example|exemple)"
_SPELT_EMAIL = re.compile(
    rf"(?<![\w.])[\w+-]{{1,40}}(?:(?:{_DOT}|\sunderscore\s|\stiret\s|\sdash\s)[\w+-]{{1,40}}){{0,3}}{_AT}[\w-]{{2,40}}(?:{_DOT}[\w-]{{2,40}}){{0,2}}{_DOT}{_ENDING}(?!\w)"
    rf"|(?<![\w.])[\w.+-]{{2,60}}{_AT}(?:gmail|hotmail|outlook|yahoo|icloud|live|videotron|bell|rogers|protonmail)(?:{_DOT}{_ENDING})?(?!\w)"
)
_EXT = r"(?:\s?,?\s?(?:ext|x|poste|extension|local|#)\.?\s?\d{1,6})?"
_SEP = r"[ .\-/_]{0,3}"
_PHONE = re.compile(rf"(?<![\w-])(?:\+?1{_SEP})?(?:\(\s?\d{{3}}\s?\)|\d{{3}}){_SEP}\d{{3}}{_SEP}\d{{4}}(?![\d-]){_EXT}")
_SHORT_PHONE = re.compile(rf"(?<![\w$.#/-])\d{{3}}[ .-]\d{{4}}(?![\w-]){_EXT}")
_SPACED_PHONE = re.compile(r"(?<![\w-])(?:\d[ .-]){9}\d(?![\w-])")
#: Said in pairs as the French do: 705 555 01 42; and from abroad: +33 6 12 34 56 78.
_PAIRED_PHONE = re.compile(r"(?<![\w-])(?:1[ .-])?\d{3}[ .-]\d{3}[ .-]\d{2}[ .-]\d{2}(?![\w-])")
_ABROAD = re.compile(r"(?<![\w+])(?:\+|011[ -])[2-9]\d{0,2}(?:[ .()-]{0,2}\d){7,12}(?![\w-])")
_DIGIT = (
    "zero|oh|o|one|two|three|four|five|six|seven|eight|nine|double|triple|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety|hundred|"
    "un|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|septante|nonante|cents?"
)
_BETWEEN = r"(?:[ ,.-]{1,3}(?:(?:et|dash|tiret|then|puis|point|dot|area code)[ ,])?)"
_SPELT_PHONE = re.compile(rf"\b(?:(?:{_DIGIT}){_BETWEEN}){{6,16}}(?:{_DIGIT})\b")
#: Fewer words where a telephone was spoken of: "cell five five five, nineteen eighty".
_SHORT_SPELT = re.compile(rf"\b(?:(?:{_DIGIT}){_BETWEEN}){{3,6}}(?:{_DIGIT})\b")
#: The last digits alone, of a telephone: "ends in 4432".
_LAST_DIGITS = re.compile(
    r"\b(?:ends?|ending|finit|finissant|se termine|termine|terminant|last (?:four|4|three|3|two|2)(?: digits| numbers| of it)?|(?:quatre|4|trois|3) derniers(?: chiffres)?)\s?(?:is|are|in|with|par|en|sont|etant|:)?\s?:?\s?"
    r"(?P<digits>\d{2}[ -]?\d{1,2})(?![\w-])"
)
_ABOUT_PHONES = re.compile(
    r"\b(?:phone|cell|tel|telephone|mobile|number|call(?:s|er|ed)?|text(?:s|ed)?|cellulaire|numero|appel\w*)\b"
)
_PHONE_CUE = re.compile(
    r"\b(?:call|text|phone|cell|tel|telephone|mobile|number|reach|appel\w*|texto\w*|joindre|rejoind\w*|numero|no de tel)\b"
)
_SEVEN = re.compile(r"(?<![\w$.#/-])\d{7}(?![\w-])")
_HANDLE = re.compile(r"(?<![\w.@/])@[a-z0-9_][\w.]{1,29}(?<!\.)")
_NETWORK = (
    r"insta(?:gram)?|ig|snap(?:chat)?|tik\s?tok|twitter|facebook|fb|messenger|discord|telegram|whatsapp|kik|reddit|gamertag|"
    r"xbox|psn|steam|onlyfans|grindr|tinder|youtube|linkedin|roblox|twitch|threads|bluesky|mastodon|signal|wechat|line|viber|bumble|hinge|vinted|kijiji|pinterest|bereal|yubo|skype"
)
#: shadow#2291
_NUMBERED_HANDLE = re.compile(r"(?<![\w#])[a-z][\w.]{1,30}#\d{4}(?!\d)")
#: Nobody writes an underscore but in such a name.
_UNDERSCORED = re.compile(r"(?<![\w@./#])(?=\w*[a-z])(?!_)\w{2,30}(?<!_)(?![\w@])")
#: "games as reaper09", "publie sous ptitloup514"
_PLAYS_AS = re.compile(
    r"\b(?:games?|gaming|plays?|playing|online|posts?|posting|streams?|profile|account|page|joue|publie|en ligne|profil|compte|page)\s(?:as|under|under the name|named|called|sous|sous le nom|sous le nom de|au nom de|nommee?)\s[\"'@]?"
    r"(?P<name>(?=[\w.-]*[\d_]|[\w-]*\.\w)[a-z0-9_][\w.-]{2,29}(?<![.-]))"
)
_NAMED_HANDLE = re.compile(
    rf"\b(?:{_NETWORK})(?:'s)?(?:\s(?:account|handle|name|username|user|compte|profil|profile|id))?"
    r"(?:\s(?:is|est|under|as|sous|au nom de|sous le nom(?: de)?|under the name|c'est|called|nomme|at|a|@))?\s?(?:[:=(-]\s?|\s)[\"'@]?"
    r"(?P<name>(?=[\w.-]*[\d_]|[\w-]*\.\w)[a-z0-9_][\w.-]{2,29}(?<![.-]))"
)
_OF_NETWORK = rf"\b(?:{_NETWORK})\s?(?:account|handle|name|username|user|compte|profile?|id)?"
#: After a colon or "is" a word without figures is one too, unless it is an ordinary word and the sentence goes on.
_COLON_HANDLE = re.compile(
    rf"{_OF_NETWORK}(?:\s?[:=]\s?|\s(?:is|est|c'est|under|sous)\s)[\"'@]?(?P<name>[a-z0-9_][\w.-]{{2,29}}(?<![.-]))"
)
_ADDED = re.compile(
    rf"\b(?:add(?:ed)?|follow(?:s|ed)?|ajoute\w*|suit|suivre|dm(?:s|ed)?|messaged?)\s(?P<name>[a-z0-9_][\w.-]{{2,29}}(?<![.-]))\s(?:on|sur)\s(?:{_NETWORK})\b"
)
#: A name as it stands there, in capitals: "Facebook: Big Mike Tbay", "on FB as Steph Lachance Mtl".
_PROFILE = re.compile(
    rf"(?i:{_OF_NETWORK}(?:\s?[:=]|\s(?:is|est|under|as|sous|called|au nom de|sous le nom de|sous le nom|comme))\s?)[\"'(]?(?P<name>[A-Z][\w'-]{{0,20}}(?:\s(?:[A-Z][\w'-]{{0,20}}|\d{{1,4}})){{1,3}})"
)
_USER = re.compile(
    r"\b(?:username|user name|handle|gamertag|screen name|pseudo(?:nyme)?|nom d'utilisateur)\s?(?:is|est|:|=)?\s?[\"']?"
    r"(?P<name>(?=[\w.-]*[\d_]|[\w-]*\.\w)[a-z0-9_][\w.-]{2,29}(?<![.-]))"
)
_ENDS = re.compile(r"\s?(?:[,;.)\"'\n]|$)")
_COLON = re.compile(r"[:=]\s?[\"'@]?$")
_LINK = re.compile(
    r"(?<![\w.])(?:https?://)?(?:www\.)?(?:facebook|instagram|tiktok|twitter|x|snapchat|linkedin)\.com/[\w./?=@-]{2,80}"
)


def contacts(reading: Reading) -> Iterator[tuple[int, int, Kind]]:
    """Claims in `reading.plain`."""
    low = reading.low
    for pattern, kind in (
        (_EMAIL, Kind.EMAIL),
        (_SPELT_EMAIL, Kind.EMAIL),
        (_PHONE, Kind.PHONE),
        (_SHORT_PHONE, Kind.PHONE),
        (_SPACED_PHONE, Kind.PHONE),
        (_PAIRED_PHONE, Kind.PHONE),
        (_ABROAD, Kind.PHONE),
        (_SPELT_PHONE, Kind.PHONE),
        (_HANDLE, Kind.HANDLE),
        (_NUMBERED_HANDLE, Kind.HANDLE),
        (_LINK, Kind.HANDLE),
    ):
        for found in pattern.finditer(low):
            yield found.start(), found.end(), kind
    for found in _UNDERSCORED.finditer(low):
        if "_" in found.group():
            yield found.start(), found.end(), Kind.HANDLE
    for pattern in (_NAMED_HANDLE, _USER, _PLAYS_AS):
        for found in pattern.finditer(low):
            yield found.start("name"), found.end("name"), Kind.HANDLE
    for pattern in (_COLON_HANDLE, _ADDED):
        for found in pattern.finditer(low):
            if not _goes_on(low, found.group("name"), found.end("name")):
                yield found.start("name"), found.end("name"), Kind.HANDLE
    for found in _PROFILE.finditer(reading.plain):
        yield found.start("name"), found.end("name"), Kind.HANDLE
    for found in _LAST_DIGITS.finditer(low):
        if _ABOUT_PHONES.search(low, max(0, found.start() - 40), found.start()):
            yield found.start("digits"), found.end("digits"), Kind.PHONE
    for pattern in (_SEVEN, _SHORT_SPELT):
        for found in pattern.finditer(low):
            if _PHONE_CUE.search(low, max(0, found.start() - 40), found.start()):
                yield found.start(), found.end(), Kind.PHONE


def _goes_on(low: str, said: str, end: int) -> bool:
    """Whether it is an ordinary word in a sentence ("insta is toxic", "Facebook: elle a publie"), not a name alone."""
    alone = _COLON.search(low, max(0, end - len(said) - 4), end - len(said)) and _ENDS.match(low, end)
    return said in lexicon.common() and not alone
