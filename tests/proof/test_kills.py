"""`kill -9` of everything, while people upload, submit and publish: what was acknowledged stays, nothing is half done.

What this proves and what it found: docs/developers/kill-tests.md.
"""

import hashlib
import itertools
import json
import os
import queue
import random
import re
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import typst

from kesos_repo import paths
from tests.kesos_repo.processes import wait_for
from tests.proof.running import RunningSite, kill, scratch_site
from tests.proof.traffic import Author, Curator, Journal, Reader, Uploader
from tests.proof.visitor import Visitor

SEED = int(os.environ.get("KESOS_KILL_SEED", "20260415"))
RESEARCHERS, DRAFTS = 2, 36
# `start` gives up when one of its children ends five times within a minute: no kind is hit as often as that.
HITS = ["web_server"] * 3 + ["web_workers"] * 3 + ["workers"] * 6 + ["postmaster"] * 2 + ["backends"] * 2
# On a busy machine coming back takes longer: then fewer rounds, but each kind at least once.
STRIKE_SECONDS = float(os.environ.get("KESOS_KILL_SECONDS", "30"))
PAPER = """
#set page(paper: "a4")
#align(center)[#text(size: 17pt)[Penelitian tentang ketahanan sebuah repositori]]
#lorem(300)
#pagebreak()
#lorem(300)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with scratch_site(tmp_path_factory.mktemp("kills")) as made:
        yield made


def test_what_was_acknowledged_survives_kills_and_nothing_is_half_done(site: RunningSite) -> None:
    paper = site.var.parent / "naskah.pdf"
    paper.write_bytes(typst.compile(PAPER.encode(), format="pdf"))
    clock = [time.monotonic()]
    drafts = site.inside("build", researchers=RESEARCHERS, drafts=DRAFTS, pdf=str(paper))["drafts"]
    clock.append(time.monotonic())
    site.start()
    clock.append(time.monotonic())
    journal, stopping = Journal(), threading.Event()
    people = start_people(site, journal, stopping, drafts, paper.read_bytes())
    waits = strike(site, random.Random(SEED))
    clock.append(time.monotonic())
    waits.append(power_cut(site))
    clock.append(time.monotonic())
    time.sleep(2)
    stopping.set()
    for person in people:
        person.join(60)
    site.wait_until_well()
    wait_for(lambda: site.query(OPEN_TASKS)[0][0] == 0, 180)
    # The chores of a new worker find what was cut off too often.
    assert site.manage("worker", "--batch").returncode == 0
    clock.append(time.monotonic())
    print("build, start, strike, cut, drain", [round(b - a) for a, b in itertools.pairwise(clock)])
    print(json.dumps({"seed": SEED, "seconds until well": waits, **journal.counts}, indent=1))

    found = site.inside("audit")
    print(json.dumps({name: found[name] for name in ("tasks", "tasks_tried_again", "unpublished")}))
    assert not journal.surprises
    assert not found["wrong"]
    assert_nothing_acknowledged_is_lost(journal, found)
    assert_pages_agree(site, set(found["published"].values()))
    assert_storage_is_whole_and_clean(site, found["files"])
    assert enough(journal)


OPEN_TASKS = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING')"


def start_people(
    site: RunningSite, journal: Journal, stopping: threading.Event, drafts: list[int], pdf: bytes
) -> list[threading.Thread]:
    desk: queue.Queue[int] = queue.Queue()
    seeds = itertools.count(SEED)

    def person(email: str) -> tuple[Any, ...]:
        visitor = Visitor(site.url)
        return (visitor.sign_in(email) if email else visitor), journal, stopping, next(seeds)

    people: list[threading.Thread] = [Reader(*person("")), Curator(*person("kurator@contoh.id"), desk=desk)]
    for number in range(RESEARCHERS):
        email = f"peneliti{number}@contoh.id"
        people.append(Uploader(*person(email), pdf=pdf))
        people.append(Author(*person(email), drafts=drafts[number::RESEARCHERS], desk=desk))
    for each in people:
        each.start()
    return people


def strike(site: RunningSite, chance: random.Random) -> list[float]:
    """Kill one thing after another, each in the middle of traffic; how long it took each time until all was well."""
    kinds = chance.sample(sorted(set(HITS)), len(set(HITS)))
    rest = [what for number, what in enumerate(HITS) if what in HITS[:number]]
    turns, waits, end = itertools.count(), [], time.monotonic() + STRIKE_SECONDS
    for what in [*kinds, *chance.sample(rest, len(rest))]:
        if time.monotonic() > end and len(waits) >= len(kinds):
            break
        time.sleep(chance.uniform(0.3, 1.8))
        if what == "workers":
            wait_briefly_for_a_running_task(site)
        aims = getattr(site, what)()
        assert aims, f"no {what} to kill"
        kill(aims[next(turns) % len(aims)] if what == "workers" else chance.choice(aims))
        if what in ("web_server", "postmaster"):
            time.sleep(0.1)
        waits.append(round(site.wait_until_well(), 1))
    return waits


def wait_briefly_for_a_running_task(site: RunningSite) -> None:
    end = time.monotonic() + 2
    while time.monotonic() < end:
        if site.query("SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING'")[0][0]:
            return
        time.sleep(0.02)


def power_cut(site: RunningSite) -> float:
    """Everything at once; and afterwards some other program has the number that PostgreSQL's server had."""
    assert site.process
    postmaster = site.postmaster()[0]
    doomed = [*site.processes(), postmaster, *postmaster.children(recursive=True)]
    site.process.kill()
    for process in doomed:
        kill(process)
    site.process.wait()
    wait_for(lambda: not any(process.is_running() for process in doomed), 10)
    left = paths.postgresql_dir() / "postmaster.pid"
    left.write_text("\n".join([str(os.getpid()), *left.read_text().splitlines()[1:]]) + "\n")
    return round(site.start(), 1)


# --- what must hold afterwards ---------------------------------------------------------------------------------------


def assert_nothing_acknowledged_is_lost(journal: Journal, found: dict[str, Any]) -> None:
    stored = {(version, file["sha256"]) for file in found["files"] for version in file["versions"]}
    assert set(journal.uploads) <= stored
    versions = {file["sha256"]: file["versions"] for file in found["files"] if file["sha256"] in journal.documents}
    assert all(len(of) == 1 for of in versions.values()), "an upload that was sent again began a second draft"
    titles = {int(version): title for version, title in found["titles"].items()}
    assert {version: titles.get(version) for version in journal.titles} == journal.titles
    states = {int(version): state for version, state in found["states"].items()}
    assert {states[version] for version in journal.published} == {"published"}
    assert {states[version] for version in journal.submitted} <= {"submitted", "published"}


def assert_pages_agree(site: RunningSite, public: set[str]) -> None:
    """Each public output has its page and stands in the list; the list knows no other."""
    visitor = Visitor(site.url)
    assert {visitor.get(f"/publikasi/{public_id}/").status_code for public_id in public} == {200}
    listed: set[str] = set()
    for number in itertools.count(1):
        page = visitor.get(f"/publikasi/?halaman={number}")
        ids = set(re.findall(r"/publikasi/([0-9A-Z]{7})/", page.text))
        if page.status_code != 200 or ids <= listed:
            break
        listed |= ids
    assert listed == public


def assert_storage_is_whole_and_clean(site: RunningSite, files: list[dict[str, Any]]) -> None:
    """Every row has its content; what no row names is found by the clean-up, and gone after it."""
    folder, incoming = site.var / "files", site.var / "incoming"
    for file in files:
        assert hashlib.sha256((folder / file["content"]).read_bytes()).hexdigest() == file["sha256"]
    named = {file[part] for file in files if file["versions"] for part in ("content", "thumbnail")} - {""}
    unneeded = stored(folder) - named
    listed = site.manage("clean_storage", "--older-than=0", "--verify")
    assert listed.returncode == 0 and "Every stored file is whole." in listed.stdout, listed.stdout
    left = stored(incoming)
    print(f"left by kills: {len(unneeded)} contents, {len(left)} half-received uploads")
    assert all(name in listed.stdout for name in left)
    site.manage("clean_storage", "--older-than=0", "--delete")
    assert stored(folder) == named
    assert not stored(incoming)


def stored(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def enough(journal: Journal) -> bool:
    """The kills hit something, and work went on in between."""
    hurt = sum(count for name, count in journal.counts.items() if "cut off" in name or "error page" in name)
    return hurt >= 5 and len(journal.uploads) >= 5 and len(journal.published) >= 2
