"""How much may be said of two things coming together, beside the counts of each that are told? A level, never a count.

What is told of a pair is "at least 10, 20, 40, 80 or 160 together", or nothing. Which levels a pair can have at all
follows from counts that are told, so that neither a level nor its absence says more than in which band the count is
(`possible`). Bands of several pairs speak of each other as well: where 31 have A, and 20 of them B and 20 of them C,
at least 9 have B and C. So each pair is shown to have three values in whole worlds that fit everything told: records in
which one thing was moved from one discussion to another. What is not shown so is told less of. Whoever reads is taken
to know every rule and every reason (docs/adr/0055).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

LEVELS = (10, 20, 40, 80, 160)
#: The fewest values that a count must be able to have.
FEWEST = 3
#: How many of the commonest kinds of discussion of a quarter are looked at; what is not found is told less of.
_KINDS = 80

Pair: TypeAlias = tuple[str, str]
#: A quarter, and which of the parts that are told apart.
Stratum: TypeAlias = tuple[int, bool]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Discussions that have the same things, in one quarter and one part."""

    stratum: Stratum
    has: frozenset[str]
    many: int


@dataclass(frozen=True, slots=True)
class Together:
    """What is asked: pairs of things whose counts are told, in records that fit everything told."""

    patterns: Sequence[Pattern]
    pairs: Sequence[Pair]
    #: The told count of each thing, and of all discussions.
    told: Mapping[str, int]
    base: int
    k: int
    #: Things that a discussion can have or not whatever else it has; a lead is one of several.
    free: Collection[str]
    #: Things whose parts are withheld: levels must not tell them either.
    withheld: Collection[str] = ()
    levels: Sequence[int] = LEVELS


@dataclass(frozen=True, slots=True)
class Band:
    """A level, and all that it says to somebody who knows every rule: the least and the most the count can be."""

    level: int | None
    least: int
    most: int


def possible(a: int, b: int, base: int, k: int, levels: Sequence[int] = LEVELS) -> list[int]:
    """The levels that a pair can have, by told counts alone: k below the smaller, and three values on either side."""
    least, most = max(0, a + b - base), min(a, b)
    within = [level for level in levels if level <= most - max(k, FEWEST - 1)]
    known = [level for level in within if level <= least]  # said by the counts themselves
    made = known[-1:]
    for level in (level for level in within if level >= least + FEWEST):
        if not made or level - max(least, made[-1]) >= FEWEST:
            made.append(level)
    return made


def choose(asked: Together) -> dict[Pair, Band]:
    """A band for each pair, such that no count is confined to fewer than three values by levels."""
    found = _Bands(asked)
    while _narrowed(found):
        pass
    return {pair: found.band(pair) for pair in asked.pairs}


def _narrowed(found: _Bands) -> bool:
    """Tell less of what was not shown to be safe; whether anything was taken back."""
    taken = False
    for pair in found.free_by_counts():
        safe = found.several(pair)
        while not safe and found.lower([pair]):
            taken, safe = True, found.several(pair)
        if not safe:
            # Nothing is told any more of whatever shares a thing with it: then its own records alone leave it no room.
            near = [other for other in found.asked.pairs if set(other) & set(pair)]
            taken = found.lower(near, wholly=True) or taken
    for thing in found.asked.withheld:
        if not found.parts_hold(thing):
            taken = found.lower([pair for pair in found.asked.pairs if thing in pair], wholly=True) or taken
    return taken


@dataclass(slots=True)
class _World:
    """Discussions by stratum and what they have, and how many have each pair."""

    kinds: dict[Stratum, dict[int, int]]
    together: dict[Pair, int]
    _sorted: dict[Stratum, list[int]] = field(default_factory=dict)

    def commonest(self, stratum: Stratum, *, has: int, lacks: int = 0) -> list[int]:
        """The commonest kinds of discussion that have some things and lack others."""
        if stratum not in self._sorted:
            there = [(-many, mask) for mask, many in self.kinds[stratum].items() if many > 0]
            self._sorted[stratum] = [mask for _many, mask in sorted(there)]
        fitting = (mask for mask in self._sorted[stratum] if mask & has == has and not mask & lacks)
        return list(islice(fitting, _KINDS))

    def moved(self, bit: int, frm: tuple[Stratum, int], to: tuple[Stratum, int], steps: Mapping[Pair, int]) -> _World:
        """The same with one thing moved from one discussion to another."""
        changed = {frm[0], to[0]}
        kinds = {stratum: dict(of) if stratum in changed else of for stratum, of in self.kinds.items()}
        for (stratum, mask), now in ((frm, frm[1] & ~bit), (to, to[1] | bit)):
            kinds[stratum][mask] -= 1
            kinds[stratum][now] = kinds[stratum].get(now, 0) + 1
        together = self.together | {pair: self.together[pair] + by for pair, by in steps.items()}
        return _World(kinds, together, {s: of for s, of in self._sorted.items() if s not in changed})


@dataclass
class _Bands:
    """The bands so far, and the worlds that show them to be wide enough."""

    asked: Together
    levels: dict[Pair, list[int]] = field(init=False)
    true: _World = field(init=False)
    _bands: dict[Pair, Band] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        asked = self.asked
        self.bits = {thing: 1 << n for n, thing in enumerate(sorted({t for pair in asked.pairs for t in pair}))}
        self.of: dict[str, list[tuple[int, Pair]]] = defaultdict(list)
        for pair in asked.pairs:
            for thing, other in (pair, pair[::-1]):
                self.of[thing].append((self.bits[other], pair))
        kinds: dict[Stratum, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for pattern in asked.patterns:
            kinds[pattern.stratum][sum(self.bits.get(thing, 0) for thing in pattern.has)] += pattern.many
        every: Counter[int] = Counter()
        for of in kinds.values():
            every.update(of)
        together = {}
        for pair in asked.pairs:
            both = self.bits[pair[0]] | self.bits[pair[1]]
            together[pair] = sum(many for mask, many in every.items() if mask & both == both)
        self.true = _World({stratum: dict(of) for stratum, of in kinds.items()}, together)
        self.levels = {
            (a, b): possible(asked.told[a], asked.told[b], asked.base, asked.k, asked.levels) for a, b in asked.pairs
        }

    def band(self, pair: Pair) -> Band:
        """What a pair's level says."""
        if pair not in self._bands:
            self._bands[pair] = self._band(pair)
        return self._bands[pair]

    def _band(self, pair: Pair) -> Band:
        (a, b), count = (self.asked.told[thing] for thing in pair), self.true.together[pair]
        least, most = max(0, a + b - self.asked.base), min(a, b)
        reached = [level for level in self.levels[pair] if level <= count]
        after = next((level for level in self.levels[pair] if level > count), most + 1)
        return Band(reached[-1] if reached else None, max([least, *reached]), min(most, after - 1))

    def free_by_counts(self) -> list[Pair]:
        """The pairs to which told counts alone leave three values."""
        told, base = self.asked.told, self.asked.base
        return [
            (a, b) for a, b in self.asked.pairs if min(told[a], told[b], base - told[a], base - told[b]) + 1 >= FEWEST
        ]

    def lower(self, pairs: Sequence[Pair], *, wholly: bool = False) -> bool:
        """Tell one level less of some pairs, or nothing; whether there was anything to take back."""
        taken = False
        for pair in pairs:
            levels = self.levels[pair]
            if levels:
                taken = True
                level = self._bands.pop(pair, self._band(pair)).level
                self.levels[pair] = [] if wholly else [one for one in levels if one != (level or levels[0])]
        return taken

    def several(self, pair: Pair) -> bool:
        """Whether a count was shown to have three values."""
        return len(set(self._values(pair))) >= FEWEST

    def _values(self, pair: Pair) -> Iterator[int]:
        yield 0
        for sign in (1, -1):
            world: _World | None = self.true
            for far in range(1, FEWEST):
                world = self._step(world, pair, sign) if world else None
                if world:
                    yield sign * far

    def _step(self, world: _World, pair: Pair, sign: int) -> _World | None:
        """A world in which one more or one fewer has both, and every band holds."""
        for thing, other in (pair, pair[::-1]):
            if thing in self.asked.free:
                for stratum in world.kinds:
                    found = self._move(world, thing, stratum, stratum, {self.bits[other]: sign})
                    if found:
                        return found
        return None

    def parts_hold(self, thing: str) -> bool:
        """Whether what is withheld of a thing's parts can be up to two more or fewer, as far as there is room."""
        for part in (False, True):
            world: _World | None = self.true
            for _far in range(1, FEWEST):
                world = self._across(world, thing, part) if world else None
            if world is None and self._room(thing, part) >= FEWEST - 1:
                return False
        return True

    def _across(self, world: _World, thing: str, part: bool) -> _World | None:
        for quarter, own in list(world.kinds):
            if own == part and (quarter, not part) in world.kinds:
                found = self._move(world, thing, (quarter, part), (quarter, not part), {})
                if found:
                    return found
        return None

    def _room(self, thing: str, part: bool) -> int:
        """How many of a part could be in the other, by the counts of both alone."""
        bit, room = self.bits[thing], 0
        for (quarter, own), of in self.true.kinds.items():
            if own == part:
                have = sum(many for mask, many in of.items() if mask & bit)
                others = self.true.kinds.get((quarter, not part), {})
                room += min(have, sum(many for mask, many in others.items() if not mask & bit))
        return room

    def _move(
        self, world: _World, thing: str, here: Stratum, there: Stratum, wanted: Mapping[int, int]
    ) -> _World | None:
        """Move a thing between two discussions such that every band holds, and some pairs change as wanted."""
        bit, full, empty = self.bits[thing], 0, 0
        for other, pair in self.of[thing]:
            band, count = self.band(pair), world.together[pair]
            full |= other if count >= band.most else 0
            empty |= other if count <= band.least else 0
        more = sum(other for other, sign in wanted.items() if sign > 0)
        fewer = sum(other for other, sign in wanted.items() if sign < 0)
        givers = world.commonest(here, has=bit | fewer)
        takers = world.commonest(there, has=more, lacks=bit)
        for giver in givers:
            for taker in takers:
                gained, lost = taker & ~giver, giver & ~taker
                if not (gained & full or lost & empty) and gained & more == more and lost & fewer == fewer:
                    steps = {pair: bool(o & gained) - bool(o & lost) for o, pair in self.of[thing]}
                    return world.moved(bit, (here, giver), (there, taker), steps)
        return None
