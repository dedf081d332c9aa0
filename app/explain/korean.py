"""Korean particles after names, chosen by the last sound of the word.

Only words and names get a particle that depends on their sound. After a live number the
templates use endings that never change (의, 만큼, 배, 입니다, …), because a number may be
read aloud in more than one way; a test keeps to that.
"""

from __future__ import annotations

# consonant form -> vowel form; a template names a particle by its consonant form: {weight:을}
PARTICLES = {"은": "는", "이": "가", "을": "를", "과": "와", "으로": "로"}

_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS = "가", "힣", 28
_RIEUL = 8  # the final ㄹ, after which 으로 is 로
_CONSONANT = 1  # any other final: only its presence matters
_DIGITS = {"0": _CONSONANT, "1": _RIEUL, "3": _CONSONANT, "6": _CONSONANT, "7": _RIEUL, "8": _RIEUL}
_LETTERS = {"l": _RIEUL, "m": _CONSONANT, "n": _CONSONANT, "r": _RIEUL}
_CLOSING = ")]+⁺"


def with_particle(word: str, particle: str) -> str:
    """`w5`, `을` -> `w5를`; `h1`, `으로` -> `h1로`; `o3`, `으로` -> `o3으로`."""
    final = _final(word)
    if final == 0 or (particle == "으로" and final == _RIEUL):
        return word + PARTICLES[particle]
    return word + particle


def _final(word: str) -> int:
    """The final consonant of the last sound: 0 for none. Digits and letters as they are read."""
    last = word.rstrip(_CLOSING)[-1:]
    if _FIRST_SYLLABLE <= last <= _LAST_SYLLABLE:
        return (ord(last) - ord(_FIRST_SYLLABLE)) % _FINALS
    if last.isdigit():
        return _DIGITS.get(last, 0)  # 10, 100, 1000 end in 십, 백, 천: consonants, as 0 (영) does
    return _LETTERS.get(last.lower(), 0)
