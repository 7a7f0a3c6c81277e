"""The figures as a table and as JSON."""

import datetime
import platform
from typing import Any

from bench.run import Result

HEAD = "| outputs | page | way | connections | p50 ms | p95 ms | requests/s | × floor | SQL |\n|" + "---|" * 9 + "\n"


def table(results: list[Result]) -> str:
    return HEAD + "".join(_row(result) for result in results if result.page != "floor") + _floors(results)


def _row(result: Result) -> str:
    f = result.figures
    cells = [
        f"{result.outputs:,}",
        result.page,
        result.way,
        str(result.connections),
        f"{f.p50:.2f}",
        f"{f.p95:.2f}",
        f"{f.per_second:,.0f}",
        f"{result.ratio:.2f}",
        "" if result.queries is None else str(result.queries),
    ]
    return "| " + " | ".join(cells) + " |\n"


def _floors(results: list[Result]) -> str:
    floors = [result for result in results if result.page == "floor"]
    lines = []
    for connections in sorted({floor.connections for floor in floors}):
        medians = sorted(floor.figures.p50 for floor in floors if floor.connections == connections)
        lines.append(
            f"floor with {connections} connections: p50 {medians[0]:.2f} to {medians[-1]:.2f} ms"
            f" over {len(medians)} measurements\n"
        )
    return "\n" + "".join(lines)


def renewed(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """What was measured now, and before that what a run of other sizes or pages had measured."""
    measured = {_place(result) for result in now["results"]}
    kept = [result for result in before.get("results", []) if _place(result) not in measured]
    return now | {"results": sorted(kept + now["results"], key=lambda result: result["outputs"])}


def _place(result: dict[str, Any]) -> tuple[Any, ...]:
    return result["outputs"], result["page"], result["way"], result["connections"]


def as_json(results: list[Result]) -> dict[str, Any]:
    return {
        "date": datetime.date.today().isoformat(),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "results": [
            {
                "outputs": result.outputs,
                "page": result.page,
                "way": result.way,
                "connections": result.connections,
                "p50_ms": round(result.figures.p50, 3),
                "p95_ms": round(result.figures.p95, 3),
                "per_second": round(result.figures.per_second, 1),
                "bytes": result.figures.size,
                "ratio_to_floor": round(result.ratio, 3),
                "queries": result.queries,
            }
            for result in results
        ],
    }
