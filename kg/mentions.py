"""One pass over an article's text: every cue and name that the lexicon sees, and the words' boundaries."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter

import rjieba

from kg import appointed, branches, parting
from kg.cues import Body, EventType, Kind, Modifier, SiteKind, Title, Word
from kg.lexicon import Lexicon
from kg.model import Article
from kg.offsets import word_begin

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*[”’）)]*|\n")
_NEVER = re.compile("(?!)")
_QUOTED = re.compile(r"《[^《》\n]{1,80}》")
# Cues of one character that begin no name and are no surname's: 由, 在.
_PREPOSITIONS = ("AgentCue", "LocativeCue", "ComitativeCue", "RecipientCue", "ListJoinerCue")
BRACKETS = {"（": "）", "(": ")"}
# What may be joined to the end of a name by mistake; a word for a role before a name is so long at most.
_JOINING, _ROLE = ("GroupCue", "ListJoinerCue"), 5
# What is said of a body right behind its name.
_GOING = ("MovementCue", "LocativeCue", "RecipientCue")


@dataclass(slots=True)
class Scan:
    """The hits of the automaton by class, and the segmentation. All offsets are text offsets."""

    article: Article
    text: str
    bounds: bytearray
    words: dict[int, tuple[int, str]]
    titles_by_end: dict[int, tuple[int, Title]] = field(default_factory=dict)
    titles_by_begin: dict[int, tuple[int, Title]] = field(default_factory=dict)
    modifiers: dict[int, list[tuple[int, Modifier]]] = field(default_factory=lambda: defaultdict(list))
    modifiers_by_begin: set[int] = field(default_factory=set)
    event_verbs: set[int] = field(default_factory=set)
    name_ends: set[int] = field(default_factory=set)
    named: list[int] = field(default_factory=list)
    role_nouns: dict[int, list[int]] = field(default_factory=dict)
    kinds: dict[int, list[tuple[int, Kind]]] = field(default_factory=lambda: defaultdict(list))
    suffixes: list[tuple[int, int, Kind]] = field(default_factory=list)
    sites: list[tuple[int, int, SiteKind]] = field(default_factory=list)
    bodies: list[tuple[int, int, Body]] = field(default_factory=list)
    areas: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)
    full_areas: frozenset[int] = frozenset()
    events: list[tuple[int, int, EventType]] = field(default_factory=list)
    cues: dict[str, list[tuple[int, int, Word]]] = field(default_factory=lambda: defaultdict(list))
    cue_at: dict[int, tuple[tuple[int, int, Word], ...]] = field(default_factory=dict)
    followers: Mapping[str, str] = field(default_factory=dict)
    levels: frozenset[str] = frozenset()
    generic: re.Pattern[str] = _NEVER
    doings: frozenset[str] = frozenset()
    documents: list[tuple[int, int]] = field(default_factory=list)
    addressed: frozenset[int] = frozenset()
    shared: dict[int, int] = field(default_factory=dict)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    sentence_begins: list[int] = field(default_factory=list)

    def cue(self, offset: int, *kinds: str) -> tuple[int, Word] | None:
        """The longest cue of one of the kinds that begins here: its end and itself."""
        best = None
        for _, end, word in self.cue_at.get(offset, ()):
            if word.kind in kinds and (best is None or end > best[0]):
                best = (end, word)
        return best

    def word_before(self, end: int) -> tuple[int, str] | None:
        """The word that ends at an offset: its begin and tag."""
        if end <= 0 or not self.bounds[end]:
            return None
        begin = word_begin(self.bounds, end)
        word = self.words.get(begin)
        return None if word is None or word[0] != end else (begin, word[1])

    def may_part(self, offset: int) -> bool:
        """Whether words may part at an offset: at a boundary, or inside what no dictionary has (村老 of 红日村老党员)."""
        return bool(self.bounds[offset]) or self.guessed_end(offset) > offset

    def guessed_end(self, offset: int) -> int:
        """The end of the word around an offset where no dictionary has it, else the offset."""
        begin = word_begin(self.bounds, offset)
        end = self.words.get(begin, (offset, ""))[0]
        return offset if end <= offset or rjieba.has_word(self.text[begin:end]) else end

    def has_cue(self, offset: int, kind: str) -> bool:
        """Whether a cue of a kind begins here."""
        for _, _, word in self.cue_at.get(offset, ()):
            if word.kind == kind:
                return True
        return False

    def in_document(self, offset: int) -> bool:
        """Whether an offset stands inside 《》."""
        for begin, end in self.documents:
            if begin <= offset < end:
                return True
        return False

    def sentence(self, offset: int) -> tuple[int, int]:
        """The span of the sentence around an offset."""
        if not self.sentences:
            return 0, len(self.text)
        return self.sentences[max(0, bisect_right(self.sentence_begins, offset) - 1)]


def han(text: str, offset: int) -> bool:
    """Whether a Chinese character stands at an offset."""
    return 0 <= offset < len(text) and "\u4e00" <= text[offset] <= "\u9fff"


def scan(article: Article, lexicon: Lexicon) -> Scan:
    """Read an article's words once."""
    text = article.text
    tagged: list[tuple[str, str]] = rjieba.tag(text)
    words: dict[int, tuple[int, str]] = {}
    bounds = bytearray(len(text) + 1)
    begin = 0
    for word, tag in tagged:
        bounds[begin] = 1
        stop = begin + len(word)
        words[begin] = (stop, tag)
        begin = stop
    bounds[begin] = 1
    found = Scan(
        article,
        text,
        bounds,
        words,
        followers=lexicon.followers,
        levels=frozenset(lexicon.levels),
        generic=lexicon.generic,
        doings=lexicon.doings,
    )
    found.documents = [match.span() for match in _QUOTED.finditer(text)]
    found.sentences = [match.span() for match in _SENTENCE.finditer(text)]
    found.sentence_begins = [begin for begin, _ in found.sentences]
    found.areas = _file(found, lexicon)
    found.full_areas = frozenset([b for b, e, _ in found.areas if e - b > 1 and text[e - 1] in found.levels])
    _unmask(found)
    appointments = [(begin, end) for begin, end, _ in found.cues.get("AppointmentCue", ())]
    if appointments:
        addresses = {(begin, end) for begin, end, _ in found.cues.get("NameFollowerCue", ())}
        appointed.part(words, bounds, appointments, "NominationCue" in found.cues, addresses, found.areas)
    appointed.part_former(text, words, bounds, found.modifiers, found.kinds, found.titles_by_begin)
    for kind in _PREPOSITIONS:
        for begin, end, _ in found.cues.get(kind, ()):
            stop, tag = words.get(begin, (end, ""))
            unknown = not rjieba.has_word(text[begin:stop]) or (stop in found.kinds and text[end:stop] in found.levels)
            if end == begin + 1 and stop > end and unknown:
                # 由村 | 党总支: a preposition that was joined to what follows.
                words[begin], words[end], bounds[end] = (end, "p"), (stop, tag), 1
    for _, end, _ in found.cues.get("TeamCue", ()):
        start = word_begin(bounds, end)
        stop, tag = words.get(start, (end, ""))
        if not bounds[end] and stop > end and not rjieba.has_word(text[start:stop]):
            # 巡察 | 组向 | 县财政局: a team's last character that was joined to the preposition behind it.
            words[start], words[end], bounds[end] = (end, tag), (stop, "p"), 1
    for begin, end, _ in found.cues.get("PossessiveCue", ()):
        if not (bounds[begin] and bounds[end]):
            parting.particle(text, words, bounds, begin, end)
    found.modifiers_by_begin = {b for e, hits in found.modifiers.items() for b, _ in hits if e in found.titles_by_begin}
    _leave_sites(found)
    found.event_verbs = {b for b, _, kind in found.events if kind.verb and kind.cls == "Inspection"}
    found.name_ends = (
        {e for _, e, _ in found.suffixes}
        | {e for b, e, _ in found.sites if bounds[b] or not branches.in_word(text, bounds, b, e)}
        | {e for hits in found.kinds.values() for e, _ in hits}
    )
    for begin, end in branches.named(found.areas, found.suffixes, found.name_ends, found.titles_by_end):
        branches.part(words, bounds, begin, end)
        found.titles_by_begin = {b: hit for b, hit in found.titles_by_begin.items() if hit[0] != begin + 1}
        del found.titles_by_end[begin + 1]
    joins = {b: e for kind in _JOINING for b, e, _ in found.cues.get(kind, ())}
    ended = [(b, e, True) for b, found_ends in found.kinds.items() for e, _ in found_ends]
    ended += [(b, e, False) for b, e, _ in found.suffixes] + [(b, e, False) for b, e, _ in found.sites]
    gone = {b for kind in _GOING for b, e, _ in found.cues.get(kind, ()) if e == b + 1}
    parting.ends(text, words, bounds, ended, joins, gone, found.followers)
    found.named = [begin for begin, word in words.items() if word[1].startswith("nr")]
    for begin, end, _ in found.cues.get("RoleNounCue", ()):
        if end - begin <= _ROLE:
            found.role_nouns.setdefault(end, []).append(begin)
    for begin, end, _ in found.cues.get("DesignationCue", ()):
        found.role_nouns.setdefault(end, []).append(begin)
    _drop_covered_titles(found)
    for hits in found.kinds.values():
        if len(hits) > 1:
            hits.sort(key=itemgetter(0), reverse=True)
    return found


def _leave_sites(found: Scan) -> None:
    """Take the ends of bodies away that are sites' ends where no title or body follows: 县会议中心, but not 会议中心主任."""
    kinds = found.kinds
    sites: dict[int, int] = {}
    for begin, end, kind in [*found.suffixes, *((b, e, k) for b, hits in kinds.items() for e, k in hits)]:
        if kind.site_first and end not in found.titles_by_begin and end not in found.modifiers_by_begin and end not in kinds:
            sites[end] = min(begin, sites.get(end, begin))
    if sites:
        found.suffixes = [hit for hit in found.suffixes if hit[0] < sites.get(hit[1], hit[1])]
        left = {begin: [hit for hit in hits if begin < sites.get(hit[0], hit[0])] for begin, hits in kinds.items()}
        found.kinds = defaultdict(list, {begin: hits for begin, hits in left.items() if hits})


def _unmask(found: Scan) -> None:
    """Take away the cues inside words that mask them: 组织 in 社会组织."""
    for begin, end, _ in found.cues.get("MaskCue", ()):
        for k in range(begin + 1, end):
            hits = found.cue_at.get(k)
            if hits:
                found.cue_at[k] = tuple([hit for hit in hits if hit[1] > end])


def _file(found: Scan, lexicon: Lexicon) -> list[tuple[int, int, tuple[str, ...]]]:
    """Sort the automaton's hits by class. One function and one loop, since every word of every page passes here; the areas are returned."""
    areas: list[tuple[int, int, tuple[str, ...]]] = []
    entries, cues, cue_at, kinds, modifiers = lexicon.entries, found.cues, found.cue_at, found.kinds, found.modifiers
    by_end, by_begin = found.titles_by_end, found.titles_by_begin
    suffixes, sites, events, bodies = found.suffixes, found.sites, found.events, found.bodies
    for index, begin, end in lexicon.automaton.find_matches_as_indexes(found.text, overlapping=True):
        for entry in entries[index]:
            # type() and not isinstance: half the time, and no class here has subclasses.
            if type(entry) is Word:
                hit = begin, end, entry
                cues[entry.kind].append(hit)
                others = cue_at.get(begin)
                cue_at[begin] = (hit,) if others is None else (*others, hit)
            elif type(entry) is tuple:
                areas.append((begin, end, entry))
            elif type(entry) is Kind:
                if entry.open:
                    suffixes.append((begin, end, entry))
                else:
                    kinds[begin].append((end, entry))
            elif type(entry) is Title:
                if end not in by_end or begin < by_end[end][0]:
                    by_end[end] = (begin, entry)
                if begin not in by_begin or end > by_begin[begin][0]:
                    by_begin[begin] = (end, entry)
            elif type(entry) is SiteKind:
                sites.append((begin, end, entry))
            elif type(entry) is EventType:
                events.append((begin, end, entry))
            elif type(entry) is Modifier:
                modifiers[end].append((begin, entry))
            elif type(entry) is Body:
                bodies.append((begin, end, entry))
    # 协商会 is no 商会.
    nouns = {end: begin for begin, end, event in sorted(events, key=itemgetter(0), reverse=True) if not event.verb}
    found.suffixes = sorted([s for s in suffixes if nouns.get(s[1], s[0]) >= s[0]], key=lambda hit: (hit[0], -hit[1]))
    return areas


def _drop_covered_titles(found: Scan) -> None:
    """A title inside a longer title or body word is none: 董事 in 董事长, 代表 in 代表团, 委员 in 委员会."""
    if not found.titles_by_end:
        return
    # How far the longest word reaches that begins at an offset.
    reach = [0] * (len(found.text) + 1)
    for begin, (end, _) in found.titles_by_begin.items():
        reach[begin] = end
    for begin, hits in found.kinds.items():
        for end, _ in hits:
            if end > reach[begin]:
                reach[begin] = end
    for words in (found.suffixes, found.cues.get("GroupTitleCue", ()), found.cues.get("MaskCue", ())):
        for begin, end, _ in words:
            if end > reach[begin]:
                reach[begin] = end
    for begin, end, event in found.events:
        if end > reach[begin] and not event.verb:
            reach[begin] = end
    found.titles_by_end = {end: title for end, title in found.titles_by_end.items() if max(reach[max(0, title[0] - 4) : end]) <= end}
