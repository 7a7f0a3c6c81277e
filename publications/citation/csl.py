"""CSL-JSON, the format of citation processors."""

import json
from typing import Any

from publications.metadata import Agent, PublicMetadata

_BY_BIBTEX = {
    "article": "article-journal", "inproceedings": "paper-conference", "proceedings": "book", "book": "book",
    "incollection": "chapter", "techreport": "report", "mastersthesis": "thesis", "phdthesis": "thesis",
    "manual": "report", "unpublished": "manuscript",
}  # fmt: skip
_BY_RIS = {"CPAPER": "paper-conference", "SLIDE": "speech", "DATA": "dataset", "VIDEO": "motion_picture"}


def csl_type(metadata: PublicMetadata) -> str:
    return _BY_BIBTEX.get(metadata.type.bibtex) or _BY_RIS.get(metadata.type.ris, "document")


def csl_item(metadata: PublicMetadata) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": metadata.public_id,
        "type": csl_type(metadata),
        "title": metadata.title,
        "author": [_name(agent) for agent in metadata.authors],
        "editor": [_name(agent) for agent in metadata.editors],
        "issued": {"date-parts": [[int(part) for part in metadata.date.parts]]},
        "container-title": metadata.container,
        "publisher": metadata.publisher,
        "volume": metadata.volume,
        "issue": metadata.issue,
        "page": "-".join(filter(None, metadata.page_range)),
        "number": metadata.report_number,
        "genre": metadata.type.label,
        "DOI": metadata.doi,
        "ISBN": " ".join(metadata.isbns),
        "ISSN": " ".join(metadata.issns),
        "URL": metadata.permalink,
        "language": metadata.language,
        "keyword": ", ".join(metadata.all_keywords),
        "abstract": metadata.abstract,
        "version": str(metadata.number),
        "source": "Repositori Kesos",
    }
    return {key: value for key, value in item.items() if value}


def csl_json(metadata: PublicMetadata) -> str:
    return json.dumps([csl_item(metadata)], ensure_ascii=False, indent=2) + "\n"


def _name(agent: Agent) -> dict[str, str]:
    return {"family": agent.family, "given": agent.given} if agent.given else {"literal": agent.family}
