"""The usual rubric, which a track may begin with. One to five points; each point says what it means."""

from typing import Any


def _line(label_id: str, label_en: str, weight: int, anchors_id: str, anchors_en: str) -> dict[str, Any]:
    return {
        "label_id": label_id,
        "label_en": label_en,
        "weight": weight,
        "anchors_id": anchors_id.split(" | "),
        "anchors_en": anchors_en.split(" | "),
    }


USUAL = (
    _line(
        "Kesesuaian dengan tema",
        "Fit with the theme",
        1,
        "di luar tema | menyinggung tema | sebagian sesuai | sesuai | tepat pada tema",
        "outside the theme | touches it | fits in part | fits | at its heart",
    ),
    _line(
        "Kebaruan dan sumbangan",
        "Novelty and contribution",
        2,
        "tidak ada yang baru | sedikit | cukup | jelas | mengubah cara pandang atau praktik",
        "nothing new | little | some | clear | changes how one thinks or works",
    ),
    _line(
        "Metode",
        "Method",
        2,
        "tidak dapat dinilai | lemah | cukup | kuat | dapat menjadi contoh",
        "cannot be judged | weak | sufficient | strong | exemplary",
    ),
    _line(
        "Kejelasan",
        "Clarity",
        1,
        "tidak terbaca | sulit diikuti | cukup jelas | jelas | sangat jelas",
        "unreadable | hard to follow | clear enough | clear | very clear",
    ),
    _line(
        "Manfaat bagi kebijakan dan praktik",
        "Use for policy and practice",
        2,
        "tidak ada | kecil | sedang | besar | dapat dipakai segera",
        "none | small | some | large | can be used at once",
    ),
)
