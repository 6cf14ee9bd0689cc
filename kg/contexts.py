"""How well a name can end at an offset, by what follows: a mark, a cue, a title, a word of the dictionary."""

from __future__ import annotations

import rjieba

from kg.mentions import Scan
from kg.names import OFTEN_LAST, RARE_LAST, SIZES, STOP, Names
from kg.offsets import places

_DOTS = "·•・‧∙．"
# What follows a name in running text, by kind of cue.
FOLLOWERS = ("RoleCue", "SpeechCue", "HoldingCue", "MovementCue", "NameFollowerCue", "GroupCue", "PlanCue", "HomeCue")
_STOPS = frozenset(STOP)
LISTED = frozenset("、 \u3000")
_SPOKEN = frozenset("，：,:。")
_PREDICATES = frozenset({"p", "c", "v", "d"})
_PARTICLES = frozenset({"p", "c", "v", "d", "u", "uj", "ul", "y", "f", "uz"})
# Days and idioms: 今年, 忙前忙后.
_ADVERBIAL = frozenset({"t", "i", "z"})
# The tags of a word behind a name's end that was cut anew: predicates, days, idioms.
_RECUT = frozenset({"v", "vn", "d", "ad", "p", "c", "t", "l", "i", "z"})
# So many characters show what the first word of a text is.
_AHEAD = 6
_ASPECTS = frozenset({"ul", "uz", "ug"})


class Contexts:
    """What stands around names in one article: how well one can end at an offset."""

    def __init__(self, names: Names, scan: Scan) -> None:
        self.names, self.scan, self.text = names, scan, scan.text
        self.event_at = {b for b, _, t in scan.events if t.verb}
        # Where areas' names of three characters and more begin, and end.
        self.areas: dict[int, int] = {}
        self.area_spans = {(b, e) for b, e, _ in scan.areas}
        self.home_ends = {e for _, e in self.area_spans} | {e for _, e, _ in scan.sites}
        for b, e, _ in scan.areas:
            if e - b > 2:
                self.areas[b] = max(e, self.areas.get(b, e))
        self.dotted = any(d in scan.text for d in _DOTS)
        # Where cues that may follow a name begin: those of several characters, those of one, and 等.
        self.long_cues: dict[int, int] = {}
        self.short_cues: set[int] = set()
        self.groups = {b for b, _, _ in scan.cues.get("GroupCue", ())}
        self.notes = {(b, e) for b, e, _ in scan.cues.get("BracketNote", ())}
        self.arrivals = {b for b, _, _ in scan.cues.get("ArrivalCue", ())}
        # Where the ends of bodies' names end, and begin: 市公安局长兴分局 holds no person.
        self.body_ends = {e: b for b, e, _ in (*scan.suffixes, *scan.sites) if e - b > 1}
        self.site_ends = {e for _, e, _ in scan.sites}
        self.site_begins = {b: e for b, e, _ in scan.sites}
        self.person_nouns = {b: e for b, e, _ in scan.cues.get("PersonNounCue", ())}
        self.noun_stops = {*self.person_nouns.values(), *scan.titles_by_end}
        for kind in FOLLOWERS:
            for b, e, _ in scan.cues.get(kind, ()):
                if e - b > 1:
                    self.long_cues[b] = max(e, self.long_cues.get(b, e))
                else:
                    self.short_cues.add(b)
        # Where what may end a name stands: a predicate, a title, what parts a list.
        self.closers = {*self.long_cues, *self.groups, *scan.titles_by_begin}
        for part in LISTED:
            self.closers.update(places(self.text, part))
        # Where words begin behind names of waters and mountains, and what stands before them: 流域, 沿岸.
        self.lands = {b for b, _, _ in scan.cues.get("LandscapeCue", ())}
        self.landed = {self.text[b - size : b] for b in self.lands for size in SIZES if b >= size}
        # Where words begin that no name holds: those that only look like cues, and closed kinds of bodies (the longest is first).
        self.barred = {b for b, _, _ in scan.cues.get("MaskCue", ())}
        # 本次 | 任命 | 前
        self.barred.update([b for b, e, _ in scan.cues.get("NominationCue", ()) if e - b > 1])
        # 向 | 全县 | 教师致以问候
        self.barred.update([b for b, e, _ in scan.cues.get("SelfReferenceCue", ()) if e - b > 1])
        for b, hits in scan.kinds.items():
            if hits[0][0] - b > 1:
                self.barred.add(b)
        # 领导来 | 丰 | 考察: a word of coming and a place's one character.
        for b, e, _ in scan.cues.get("ApproachCue", ()):
            if e + 1 in scan.event_verbs:
                self.barred.update((b, e))
        # Where clauses begin that may begin with a name.
        self.begins = names.behind_marks(self.text)
        # Where a frequent surname stands, and two characters on one that names end with.
        self.usual = dict.fromkeys(names.usual_begins(self.text))
        # The runs of other languages' name elements.
        self.element_runs = names.runs(self.text)
        self.run_ends = dict(self.element_runs)
        self._right: dict[int, float] = {}

    def right_context(self, e: int) -> float:
        """How well a name can end at ``e``, by what follows."""
        known = self._right.get(e)
        if known is None:
            known = self._right[e] = self._right_context(e)
        return known

    def _right_context(self, e: int) -> float:
        text, scan = self.text, self.scan
        if e in self.lands:
            return -3.0
        if e >= len(text) or text[e] in _STOPS or e in self.long_cues or e in self.groups:
            return 3.0
        if (e in self.short_cues and e + 1 in self.areas) or self._at_home(e) or self._appoints(e):
            # 徐可 | 到 | 乾元镇, 王中 | 家，, whatever the segmentation says
            return 3.0
        best = -1.0
        word = scan.words.get(e)
        following = scan.words.get(e + 1, (e, ""))
        if following[0] == e + 2 and following[1] in _ASPECTS and (word is not None or self._guessed(e) or self._verb(e)):
            return 2.5
        if text[e + 1 : e + 2] == "、" and word is not None and word[0] == e + 1:
            # 宋朝 | 均、, 庄超 | 和、: one character alone is no predicate in a list.
            return -1.0
        if word is not None:
            if word[1] in _ASPECTS:
                # 黎飞 | 握着: a verb stands before 着 and 了, never a name. 领着 is one word.
                return 2.5 if word[0] > e + 1 else -3.0
            longer = word[0] - e > 1
            best = 2.5 if longer and word[1] in _PREDICATES else 2.0 if word[1] in _PARTICLES or (longer and word[1] in _ADVERBIAL) else 1.0
            if word[0] - e == 1 and word[1] == "v" and e not in self.short_cues and self._acts(e + 1):
                # 松 | 盼 | 首先, 启 | 呈 | 毕业: the predicate is behind what ends the name.
                best = 0.5
            if not longer and word[1] in ("p", "v") and best == 2.0 and self._final(e):
                # 何知 | 启 | 还, 何定 | 顺 | 坐镇
                best = 1.0
            if word[0] - e == 2 and self._moves(e + 1) and self._often_last(e):
                # 何镇发 | 到, 何鹏飞 | 赴
                best = 1.0
            if word[0] - e > 1 and best > 1.0 and not rjieba.has_word(text[e : word[0]]):
                # 发说 behind 林顺, 双算起 behind 刘必: what no dictionary has is no predicate.
                best = 1.0
        elif self._guessed(e):
            best = 1.0
        elif not scan.bounds[e] and self._often_last(e - 1):
            # 沈云成 | 因公牺牲: what ends a name was joined to the word behind it.
            word_here, tag = self.first_word(e)
            best = 2.0 if tag in _RECUT else 1.0 if word_here else -1.0
        if best < 2.5 and e in scan.titles_by_begin:
            return 2.5
        if best < 2.0 and (e in self.short_cues or text[e] in scan.followers or e in self.person_nouns):
            return 2.0
        return best

    def _verb(self, e: int) -> bool:
        """Whether one character that was joined to what often ends names is a verb: 刚 | 领 behind 秦汝."""
        return self._often_last(e - 1) and rjieba.tag(self.text[e])[0][1] == "v"

    def first_word(self, e: int) -> tuple[str, str]:
        """The word of several characters that the dictionary has at an offset, cut anew from there, and its tag; empty for none."""
        word, tag = rjieba.tag(self.text[e : e + _AHEAD])[0]
        return (word, tag) if len(word) > 1 and rjieba.has_word(word) else ("", "")

    def _final(self, k: int) -> bool:
        """Whether a word of one character that no cue knows is one that names end with."""
        known = k in self.short_cues or self.text[k] in self.scan.followers
        return not known and self.names.last_weight(self.text[k]) >= RARE_LAST

    def _moves(self, k: int) -> bool:
        """Whether a cue of movement of one character stands at an offset and nothing is done with it: 到, but 宝山 | 领到了."""
        done = self.scan.words.get(k + 1, (k, ""))[1] in _ASPECTS
        return not done and k in self.short_cues and self.scan.has_cue(k, "MovementCue")

    def _often_last(self, k: int) -> bool:
        """Whether many names end with the character at an offset."""
        return self.names.last_weight(self.text[k]) >= OFTEN_LAST

    def _acts(self, e: int) -> bool:
        """Whether a cue of several characters or a verb of the dictionary begins at an offset."""
        word = self.scan.words.get(e)
        verb = word is not None and word[0] - e > 1 and word[1] in ("v", "d") and rjieba.has_word(self.text[e : word[0]])
        return verb or e in self.long_cues

    def _says(self, e: int) -> bool:
        """Whether a verb of speech and a mark stand at an offset: 说，"""
        return e in self.short_cues and self.text[e + 1 : e + 2] in _SPOKEN and self.scan.has_cue(e, "SpeechCue")

    def _appoints(self, e: int) -> bool:
        """Whether a cue of appointment stands behind what ends names, and a post behind it: 任 | 安远县副县长, 以全票当选 | 县长."""
        scan, names = self.scan, self.names
        ends = [end for _, end, cue in scan.cue_at.get(e, ()) if cue.kind == "AppointmentCue"]
        # 续聘 | 为
        if not ends or names.last_weight(self.text[e - 1]) < RARE_LAST:
            return False
        begin = max(0, e - 2)
        if names.may_start(self.text, begin) and names.rare(self.text[begin]) and rjieba.has_word(self.text[begin:e]):
            # 已 | 晋升 | 为
            return False
        return any(end in self.areas or end in scan.titles_by_begin or end in scan.kinds for end in ends)

    def _at_home(self, e: int) -> bool:
        """Whether the word for somebody's home and a mark stand at an offset: 家，"""
        return e in self.short_cues and self.text[e + 1 : e + 2] in _STOPS and self.scan.has_cue(e, "HomeCue")

    def _guessed(self, e: int) -> bool:
        """Whether the word around an offset is only the segmentation's guess, and one of the dictionary begins here: 发 | 说."""
        rest = self.text[e : self.scan.guessed_end(e)]
        # 耕捧着 behind 王善: one character of it is the name's.
        return rjieba.has_word(rest) or (len(rest) == 2 and rjieba.tag(rest)[-1][1] in _ASPECTS)
