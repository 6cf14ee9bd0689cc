"""What each person said, and who besides those who act or speak is named as being there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.mentions import Scan
from kg.model import Statement
from kg.predicates import Person, Verb

_SPEECH_MARKS = "，,：:；; \u3000“"
_SHORTEST_STATEMENT = 4
# Of whom the naming alone says that they took part: at an activity all (a contestant, a patient, a party to a case), on a visit too (who
# is called on), at a ceremony who holds a post.
_ALL, _OFFICIALS = ("Activity", "Inspection"), ("Ceremony",)
_APART = frozenset({"RecallCue", "PlanCue", "NominationCue", "RemovalCue"})


def statements(scan: Scan, said: Sequence[tuple[Person, Verb]], stops: Iterable[int]) -> Iterable[Statement]:
    """What each said, until somebody else acts, the paragraph ends, or the report goes on."""
    text = scan.text
    ends = {*stops, *(v.begin for _, v in said)}
    for begin, _ in scan.sentences:
        if any(w.kind in ("RecallCue", "FirstDayCue") for _, _, w in scan.cue_at.get(begin, ())):
            ends.add(begin)
    ordered = sorted(ends)
    for person, verb in said:
        paragraph = text.find("\n", verb.end)
        stop = next((s for s in ordered if s >= verb.end), len(text))
        stop = min(stop, len(text) if paragraph < 0 else paragraph)
        begin = verb.end
        while begin < stop and text[begin] in _SPEECH_MARKS:
            begin += 1
        while stop > begin and text[stop - 1] in " \u3000”，,":
            stop -= 1
        if stop - begin >= _SHORTEST_STATEMENT and text[begin] not in "。！":
            yield Statement(person.name, verb.text, text[begin:stop], verb.begin, stop)


def besides(scan: Scan, people: Sequence[Person], cls: str, said: Sequence[Statement]) -> Iterable[Person]:
    """Those of ``people`` who are named in the report itself, neither in somebody's words nor as recalled, appointed or only quoted."""
    told: set[str] = set()
    for person in people:
        if cls not in _ALL and not (cls in _OFFICIALS and person.official):
            continue
        low, _ = scan.sentence(person.begin)
        if person.name in told or person.begin < scan.article.body or _in_words(scan, person.begin, said):
            continue
        before = (word for at in range(low, person.begin) for _, _, word in scan.cue_at.get(at, ()))
        if _only_quoted(scan, low, person, cls) or any(word.kind in _APART for word in before):
            continue
        told.add(person.name)
        yield person


def _in_words(scan: Scan, begin: int, said: Sequence[Statement]) -> bool:
    if scan.text.rfind("“", 0, begin) > scan.text.rfind("”", 0, begin):
        return True
    return any(s.begin <= begin < s.end for s in said)


def _only_quoted(scan: Scan, low: int, person: Person, cls: str) -> bool:
    """Whether words stand before the name that only says whose they are: “……”村民甲说。

    On a visit anybody's may be what the reporter heard.
    """
    quoted = cls == "Inspection" or scan.text.rfind("”", max(0, low - 1), person.begin) >= 0 or scan.text[low - 1 : low] == "”"
    return quoted and scan.cue(person.end, "SpeechCue") is not None
