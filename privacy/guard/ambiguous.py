"""Which words need more than a capital to be taken for somebody? All without accents, in small letters."""

from __future__ import annotations

#: Titles that are also used alone: "madame says".
SPOKEN_TITLE = frozenset("miss madame monsieur mademoiselle docteur docteure".split())
#: Ordinary words so frequent that a capital says nothing, and words that begin sentences for other reasons.
FREQUENT = frozenset(
    "an he my no so in on at to of or as is be do go if me us we am by up it a i she her his him you they ai ah can bin don ed les mon min na min elle line lieu"
    " long que mari alla any ben son guy man boy girl baby case cash chance family gang hang he hung loan pat person police street school house home old young big"
    " the this that les des une mai may mars avril will mark art bill chase hunter grant frank vu vue ville".split()
) - {"grant", "frank", "chase", "hunter", "bill", "mark", "art", "will", "ben", "pat"}
#: Who is spoken to with a capital and is nobody by name.
ASKED_TOO = frozenset(
    "police type stage level bill form section phase step probation intake crisis team mental health mom mum mommy dad daddy mother father grandma grandpa gramma grandmother grandfather mama maman papa nan nana mamie papi kokum elder chief staff victim services children cas dpj"
    " school hospital emergency ems fire court legal aid housing shelter outreach ontario canada the worker doctor nurse security detox addiction addictions community family youth public child social street salvation sister"
    " brother auntie uncle aunt cousin landlord principal teacher constable officer sergeant justice adult protection animal control poison human resources employment immigration indigenous first friendship"
    " urgence sante centre clinique ecole service services aide maison equipe jeunesse travailleur travailleuse grand-mere grand-pere tante oncle soeur frere".split()
)
THINGS = frozenset(
    "hope summer autumn winter faith patience honor liberty freedom unity justice mercy joy harmony destiny fortune espoir prudence clemence constance crystal rain snow storm frost thunder candy sugar honey magic"
    " heaven cloud dream ocean river sky star song soleil lune etoile gloire merveille charite amour vie journey wish true shadow angel treasure august avril april june juin juillet".split()
)
MONTHS = frozenset("may mai mars avril april june juin july juillet august aout".split())
RARELY_BEGIN = frozenset("will may can mark grant bill case long drew".split())
#: Frequent words that are family names, for the few places where nothing else can stand.
FAMILY_TOO = frozenset({"young", "long"})
#: Names that are things as well: in small letters they need words that only people have beside them.
ALSO_THINGS = frozenset(
    "amber ambre angelica aria aster aube aurora basil bienvenu bienvenue bluebell bola brandy buck candida capucine chardonnay chuck clementine colt dahlia daisy dash dean derby dick dirk dolly dusty emery fawn fern flint flora"
    " garnet ginger hazel heather hyacinth hyacinthe iris ivory ivy jack jasmine jimmy juniper kitty laurel lily linden lux margarita marguerite marigold marina marjolaine marlin mason max melody mercure mirabelle misty muse myrtle"
    " pansy penny petunia phoenix placide primo primrose ram raven rocky romaine rosette rusty sandy scarlet serenity shalom sherry sienna sierra sterling sunshine tabby tawny teddy tory toussaint trinity turtle valentine verity"
    " violet warden ware willow woody".split()
)
#: Verbs that are names, in the form that stands after one person: "Mom drew a bath", "his sister will use it".
VERBS = frozenset("will drew may".split())
#: Names whose capitals are short for something else: against medical advice, a small stroke, missing in action.
LOUD_TOO = frozenset("ama tia mia pia nia ada ana ann ira art cal ari isa asa max pat sam ned ed".split())
SHORT_TITLES = frozenset("mr mrs ms dr dre mme mlle mgr cst const sgt det insp cpl".split())
#: Given or family names that also stand on vehicles.
VEHICLES = frozenset(
    (
        "sierra dakota mercedes ford lincoln aurora avalanche montana savana savanna sable elise astra rio kia"
        " royce ranger jetta mustang charger ram jimmy journey civic lexus camry corolla tacoma versa soul focus"
        " grand sienna forester maverick taurus jimmy colt"
    ).split()
)
