"""`make bench`: measure the site against a trivial view on the same server and print the table."""

import argparse
import json
import os
import sys
from pathlib import Path

EVIDENCE_OUTPUTS = 1000
RESULTS = Path(__file__).parent / "results.json"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", default="1000,74000", help="numbers of outputs, separated by commas")
    parser.add_argument("--searches", default="74000,1000000", help="the same for searches; needs ../shared/data")
    parser.add_argument("--findings", type=int, default=20_000, help="how many of them over 1,000 outputs; 0: none")
    parser.add_argument("--no-conference", action="store_true", help="leave out the pages of organisers")
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each figure is measured")
    parser.add_argument("--pages", default="", help="only the pages whose names contain this")
    arguments = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    os.environ["KESOS_DEMO"] = "0"
    os.environ.setdefault("KESOS_VAR", str(Path(__file__).resolve().parent.parent / "var" / "bench"))
    import django

    django.setup()
    from bench import corpus, findings, organisers, report, run, search_corpus

    results = []
    for size in (int(text) for text in arguments.sizes.split(",") if text):
        corpus.prepare(f"kesos_bench_{size}", corpus.records(size))
        results += run.measure(size, corpus.pages(size), seconds=arguments.seconds, only=arguments.pages)
    searches = arguments.searches if search_corpus.SOURCE.exists() else ""
    for size in (int(text) for text in searches.split(",") if text):
        corpus.prepare(f"kesos_bench_search_{size}", search_corpus.records(size))
        results += run.measure(size, search_corpus.SEARCHES, seconds=arguments.seconds, only=arguments.pages)
    if arguments.findings:
        corpus.prepare(f"kesos_bench_evidence_{EVIDENCE_OUTPUTS}", corpus.records(EVIDENCE_OUTPUTS))
        findings.prepare(arguments.findings)
        pages = {f"{name} ({arguments.findings:,} findings)": path for name, path in findings.PAGES.items()}
        results += run.measure(EVIDENCE_OUTPUTS, pages, seconds=arguments.seconds, only=arguments.pages)
    if not arguments.no_conference:
        corpus.prepare(f"kesos_bench_conference_{EVIDENCE_OUTPUTS}", corpus.records(EVIDENCE_OUTPUTS))
        organisers.prepare()
        asked = {"seconds": arguments.seconds, "only": arguments.pages, "cookie": organisers.cookie()}
        results += run.measure(EVIDENCE_OUTPUTS, organisers.pages(), **asked)
    text = report.table(results)
    sys.stdout.write(text)
    before = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps(report.renewed(before, report.as_json(results)), indent=1) + "\n")


if __name__ == "__main__":
    main()
