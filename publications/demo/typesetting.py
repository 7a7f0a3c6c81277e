"""Typesets a sample output to a PDF file: one template, one compiler, no network, the same bytes every time."""

import json
from datetime import UTC, datetime
from functools import cache
from typing import Any

import typst

from publications.demo import content

TEMPLATE = content.FOLDER / "paper.typ"
LAYOUTS = {
    "c_18ws": "report", "c_93fc": "report", "c_8042": "report", "c_7a1f": "report", "c_bdcc": "report",
    "c_db06": "report", "c_f744": "report", "c_ddb1": "report", "c_186u": "brief",
}  # fmt: skip
TYPE_LABELS = {
    "c_18ws": "Laporan penelitian", "c_93fc": "Laporan", "c_8042": "Kertas kerja", "c_7a1f": "Skripsi",
    "c_bdcc": "Tesis magister", "c_db06": "Disertasi", "c_f744": "Prosiding konferensi", "c_ddb1": "Himpunan data",
    "c_186u": "Naskah kebijakan", "c_6501": "Artikel jurnal", "c_2df8fbb1": "Artikel penelitian",
    "c_dcae04bc": "Artikel tinjauan", "c_5794": "Makalah konferensi", "c_18cp": "Makalah konferensi",
}  # fmt: skip
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
DESK_METHODS = {"slr", "pustaka", "biblio", "sekunder", "konten"}
CONSENT = (
    "Peserta memperoleh penjelasan tentang tujuan penelitian dan menyatakan persetujuan; nama orang dan tempat kecil "
    "disamarkan. "
)
CREDIT_LABELS = {
    "conceptualization": "konseptualisasi",
    "methodology": "metodologi",
    "investigation": "pengumpulan data",
    "formal-analysis": "analisis",
    "data-curation": "pengelolaan data",
    "writing-original-draft": "penulisan naskah awal",
    "writing-review-editing": "telaah dan penyuntingan",
    "supervision": "penyeliaan",
    "validation": "pemeriksaan",
}


def typeset(output: dict[str, Any], version: int = 1) -> bytes:
    """The output's PDF. The creation date inside the file is the output's own date, so nothing depends on the clock."""
    stamp = datetime(*_date_parts(output["date"]), tzinfo=UTC)
    data = json.dumps(paper(output, version), ensure_ascii=False)
    pdf = _compiler().compile(format="pdf", sys_inputs={"paper": data}, timestamp=int(stamp.timestamp()))
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no single PDF")
    return pdf


@cache
def _compiler() -> typst.Compiler:
    """Fonts are read once; only those inside typst are used, so every machine gives the same pages."""
    return typst.Compiler(TEMPLATE, root=content.FOLDER, ignore_system_fonts=True)


def paper(output: dict[str, Any], version: int) -> dict[str, Any]:
    """What the template shows: the output's own text, with the derived parts already worded."""
    affiliations = list(dict.fromkeys(c["affiliation"] for c in output["contributors"]))
    year, month, day = _date_parts(output["date"])
    return {
        **{name: output.get(name, "") for name in _COPIED},
        "layout": LAYOUTS.get(output["type_code"], "article"),
        "type_label": TYPE_LABELS[output["type_code"]],
        "authors": [_author(c, affiliations) for c in output["contributors"]],
        "affiliations": [content.organisations()[key]["name_id"] for key in affiliations],
        "date_label": date_label(output["date"]),
        "year": year, "month": month, "day": day,
        "citation": cite(output),
        "version": version,
        "change": output["versions"][version - 1],
        "framework": [content.concepts()["pmks"][code]["text"] for code in output["pmks"][:2]],
        "consent": "" if output["methods"][0] in DESK_METHODS else CONSENT,
        "limits": _limits(output["methods"]),
        "references": references(output),
        "chart": chart(output["table"]),
    }  # fmt: skip


_COPIED = [
    "title_id",
    "title_en",
    "abstract_id",
    "abstract_en",
    "keywords_id",
    "keywords_en",
    "container",
    "identifiers",
    "licence",
    "funder",
    "background",
    "method_text",
    "results",
    "table",
    "conclusion",
    "recommendations",
    "dataset",
    "chapters",
]


def _author(contributor: dict[str, Any], affiliations: list[str]) -> dict[str, Any]:
    return {
        "name": full_name(contributor),
        "mark": affiliations.index(contributor["affiliation"]) + 1,
        "orcid": contributor["orcid"],
        "role": contributor["role"],
        "credit": ", ".join(CREDIT_LABELS[role] for role in contributor["credit"]),
    }


def full_name(contributor: dict[str, Any]) -> str:
    return f"{contributor['given_name']} {contributor['family_name']}".strip()


def inverted_name(contributor: dict[str, Any]) -> str:
    """`Bria, Y.`; a single name stays as it is."""
    initials = " ".join(f"{part[0]}." for part in contributor["given_name"].split())
    return f"{contributor['family_name']}, {initials}" if initials else contributor["family_name"]


def cite(output: dict[str, Any]) -> str:
    names = [inverted_name(c) for c in output["contributors"] if c["role"] != "supervisor"]
    who = names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, & {names[-1]}"
    parts = [f"{who} ({output['date'][:4]}).", f"{output['title_id']}."]
    container = output["container"]
    if container:
        parts.append(_within(container))
    if "doi" in output["identifiers"]:
        parts.append(f"https://doi.org/{output['identifiers']['doi']}")
    return " ".join(parts)


def _within(container: dict[str, str]) -> str:
    place = container.get("volume", "") + (f"({container['issue']})" if "issue" in container else "")
    return ", ".join(part for part in (container["title"], place, container.get("pages", "")) if part) + "."


def references(output: dict[str, Any]) -> list[str]:
    """Regulations that existed by then, and earlier sample outputs about the same subject."""
    year = int(output["date"][:4])
    codes = [code for pmks in output["pmks"] for code in content.concepts()["pmks"][pmks]["laws"]]
    codes += ["UU-11-2009", "UU-14-2019", "PP-39-2012"]
    laws = [content.concepts()["laws"][code] for code in dict.fromkeys(codes) if int(code[-4:]) <= year]
    return sorted(laws + [f"{cite(other)} [data contoh]" for other in _earlier(output)])


def _earlier(output: dict[str, Any]) -> list[dict[str, Any]]:
    linked = {key for _relation, key in output["relations"]}
    topics = set(output["pmks"])
    return [
        other
        for other in content.outputs()
        if other["state"] == "published"
        and (other["key"] in linked or (topics & set(other["pmks"]) and other["date"] < output["date"][:4]))
        and other["key"] != output["key"]
    ][:8]


def _limits(methods: list[str]) -> str:
    limits = content.concepts()["limits"]
    return str(next((text for code, text in limits.items() if code in methods), limits["desk"]))


def chart(table: dict[str, Any]) -> dict[str, Any] | None:
    """The last column as bars, when it holds numbers."""
    if table.get("chart") is False:
        return None
    values = [_number(row[-1]) for row in table["rows"]]
    numbers = [value for value in values if value is not None]
    if len(numbers) < len(values) or len(numbers) < 3 or min(numbers) < 0 or max(numbers) == 0:
        return None
    bars = [
        {"label": row[0], "shown": row[-1], "share": value / max(numbers)}
        for row, value in zip(table["rows"], numbers, strict=True)
    ]
    return {"caption": f"{table['columns'][-1]} menurut {table['columns'][0].lower()}", "bars": bars}


def _number(text: str) -> float | None:
    try:
        return float(text.replace(".", "").replace(",", "."))
    except ValueError:
        return None


def _date_parts(date: str) -> tuple[int, int, int]:
    parts = [int(part) for part in date.split("-")]
    year, month, day = (parts + [1, 1])[:3]
    return year, month, day


def date_label(date: str) -> str:
    """`2025`, `Februari 2025` or `18 Februari 2025`, as precise as the date is known."""
    year, *rest = date.split("-")
    if not rest:
        return year
    month = f"{MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {month}" if len(rest) > 1 else month
