"""Documents: names inside 《》, and names printed without them behind a word such as 解读 or 印发."""

from __future__ import annotations

from kg.boundaries import PUNCTUATION
from kg.mentions import Scan
from kg.model import Mention
from kg.places import Setting

_LONGEST, _SHORTEST = 40, 10


def read(scan: Scan, setting: Setting) -> list[Mention]:
    """The documents that an article names."""
    found = [Mention(b, e, scan.text[b + 1 : e - 1].replace("\n", "")) for b, e in scan.documents]
    verbs = {e for _, e, _ in scan.cues.get("DocumentVerbCue", ())}
    for _, end, _ in scan.cues.get("DocumentNounCue", ()):
        if not scan.bounds[end] or scan.in_document(end - 1):
            continue
        begin = end
        while begin > 0 and end - begin < _LONGEST and begin not in verbs and scan.text[begin - 1] not in PUNCTUATION:
            begin -= 1
        # Without 《》 only a name that says its year or place is one: 2023年某市考核办法.
        if begin in verbs and end - begin >= _SHORTEST and (scan.text[begin].isdigit() or begin in setting.by_begin):
            found.append(Mention(begin, end, scan.text[begin:end], 0.7))
    return found
