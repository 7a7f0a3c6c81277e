"""The pictures of the sample conferences, drawn by rule as SVG: nobody's photograph, nobody's face."""

from collections.abc import Callable

TEAL, DEEP, SAFFRON, SAND, PAPER, CLAY, SKY, INK = (
    "#0b5a59", "#063f3f", "#e39a1f", "#e2dbcc", "#faf7f1", "#b4613c", "#a9cfc6", "#18211f",
)  # fmt: skip
SKINS = ("#8d5b3e", "#a9714b", "#c08a5f", "#75492f")
CLOTHES = (TEAL, CLAY, "#3f8f88", SAFFRON, "#47524e", "#7a4b6b")
WIDTH, HEIGHT = 1200, 800


def _svg(body: str, width: int = WIDTH, height: int = HEIGHT, ground: str = PAPER) -> str:
    ground_of = f'<rect width="{width}" height="{height}" fill="{ground}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{ground_of}{body}</svg>'


def _rect(x: float, y: float, width: float, height: float, fill: str, round_by: float = 0) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{round_by}" fill="{fill}"/>'


def _circle(x: float, y: float, radius: float, fill: str) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}"/>'


def _path(data: str, fill: str) -> str:
    return f'<path d="{data}" fill="{fill}"/>'


def _person(x: float, y: float, size: float, number: int) -> str:
    """Head and shoulders; every third wears a headscarf, every fourth a cap."""
    skin, cloth = SKINS[number % len(SKINS)], CLOTHES[number % len(CLOTHES)]
    body = _path(
        f"M{x - size} {y + size * 2.6} C{x - size} {y + size * 0.35} {x + size} {y + size * 0.35}"
        f" {x + size} {y + size * 2.6} Z",
        cloth,
    )
    body = _rect(x - size * 0.18, y + size * 0.3, size * 0.36, size * 0.75, skin) + body
    scarf = CLOTHES[(number + 2) % len(CLOTHES)]
    if number % 3 == 0:
        return body + _circle(x, y, size * 0.72, scarf) + _circle(x, y + size * 0.08, size * 0.46, skin)
    cap = _rect(x - size * 0.5, y - size * 0.75, size, size * 0.42, INK, 6) if number % 4 == 1 else ""
    hair = _path(f"M{x - size * 0.55} {y} A{size * 0.55} {size * 0.6} 0 0 1 {x + size * 0.55} {y} Z", INK)
    return body + _circle(x, y, size * 0.54, skin) + (cap or hair)


def _back(x: float, y: float, size: float, number: int) -> str:
    """Somebody in the audience, seen from behind."""
    cloth, hair = CLOTHES[number % len(CLOTHES)], INK if number % 3 else CLOTHES[(number + 2) % len(CLOTHES)]
    shoulders = f"M{x - size} {y + size * 2.4} C{x - size} {y + size * 0.3} {x + size} {y + size * 0.3}"
    return _path(f"{shoulders} {x + size} {y + size * 2.4} Z", cloth) + _circle(x, y, size * 0.56, hair)


def hall() -> str:
    screen = _rect(330, 90, 540, 260, DEEP, 12) + _rect(352, 112, 496, 216, SKY, 6)
    bars = "".join(_rect(420 + n * 78, 300 - h, 46, h, TEAL, 4) for n, h in enumerate((60, 95, 80, 130, 160)))
    stage = _rect(0, 400, WIDTH, 60, CLAY) + _rect(0, 455, WIDTH, 345, SAND)
    lectern = _person(205, 250, 46, 3) + _path("M140 320 L270 320 L255 410 L155 410 Z", SAFFRON)
    rows = "".join(
        _back(70 + (row % 2) * 60 + n * 122, 500 + row * 95, 40 + row * 5, n * 5 + row * 3)
        for row in range(3)
        for n in range(10)
    )
    return _svg(_rect(0, 0, WIDTH, 400, "#f2ede3") + screen + bars + stage + lectern + rows)


def panel() -> str:
    wall = _rect(0, 0, WIDTH, 520, "#e1eeeb") + "".join(_rect(90 + n * 270, 80, 200, 130, PAPER, 8) for n in range(4))
    people = "".join(_person(210 + n * 260, 340, 74, n + 1) for n in range(4))
    table = _rect(60, 500, 1080, 60, CLAY, 10) + _rect(90, 560, 1020, 240, TEAL)
    cards = "".join(_rect(150 + n * 260, 480, 120, 44, PAPER, 6) for n in range(4))
    return _svg(wall + people + table + cards)


def posters() -> str:
    def board(x: int, number: int) -> str:
        lines = "".join(_rect(x + 24, 250 + n * 26, 180 - n % 3 * 30, 10, SAND, 4) for n in range(5))
        bars = "".join(
            _rect(
                x + 30 + n * 44, 500 - (n * number * 17 + 40) % 90 - 20, 30, (n * number * 17 + 40) % 90 + 20, SAFFRON
            )
            for n in range(4)
        )
        legs = _rect(x + 30, 540, 12, 130, INK) + _rect(x + 198, 540, 12, 130, INK)
        return legs + _rect(x, 150, 240, 400, PAPER, 8) + _rect(x, 150, 240, 70, CLOTHES[number], 8) + lines + bars

    floor = _rect(0, 0, WIDTH, 620, SKY) + _rect(0, 620, WIDTH, 180, SAND)
    people = "".join(_person(x, 470, 62, n) for n, x in enumerate((330, 560, 900, 1060), 5))
    return _svg(floor + board(70, 1) + board(420, 2) + board(770, 3) + people)


def city() -> str:
    sun = _circle(900, 230, 110, SAFFRON)
    far = "".join(_rect(n * 100 - 20, 560 - (n * 97) % 260, 86, 400, SKY, 4) for n in range(13))
    near = "".join(_rect(n * 150 + 10, 640 - (n * 71) % 190, 110, 400, TEAL, 4) for n in range(8))
    windows = "".join(
        _rect(n * 150 + 30 + column * 36, 670 - (n * 71) % 190 + row * 46, 18, 24, SAFFRON)
        for n in range(8)
        for row in range(3)
        for column in range(2)
        if (n + row * 2 + column) % 3
    )
    obelisk = _path("M588 620 L598 230 L612 230 L622 620 Z", PAPER) + _circle(605, 218, 16, SAFFRON)
    trees = "".join(_circle(40 + n * 95, 760 - n % 2 * 14, 58, DEEP) for n in range(13))
    return _svg(sun + far + obelisk + near + windows + trees, ground="#fbeed6")


def visit() -> str:
    hills = _path("M0 480 C220 300 420 330 620 460 S1030 300 1200 430 V800 H0 Z", "#3f8f88")
    field = _path("M0 620 C300 560 800 640 1200 580 V800 H0 Z", "#a9cfc6")
    house = (
        _path("M160 430 L330 300 L500 430 Z", CLAY) + _rect(195, 430, 270, 190, PAPER) + _rect(300, 500, 70, 120, DEEP)
    )
    bench = _rect(610, 640, 430, 22, CLAY, 6) + _rect(650, 660, 16, 70, INK) + _rect(985, 660, 16, 70, INK)
    people = _person(720, 470, 82, 6) + _person(920, 485, 78, 4)
    return _svg(_circle(1010, 150, 70, SAFFRON) + hills + field + house + people + bench, ground="#fbeed6")


def portrait(number: int) -> Callable[[], str]:
    def drawn() -> str:
        grounds = (SKY, "#fbeed6", SAND, "#e1eeeb")
        return _svg(_person(240, 190, 150, number), 480, 480, grounds[number % len(grounds)])

    return drawn


def mark(number: int) -> Callable[[], str]:
    """Not the mark of anybody that exists."""

    def drawn() -> str:
        first, second = CLOTHES[number % 6], CLOTHES[(number + 3) % 6]
        shapes = (
            _circle(190, 120, 70, first) + _circle(290, 120, 70, second),
            _path("M140 180 L240 50 L340 180 Z", first) + _path("M200 180 L240 120 L280 180 Z", second),
            _rect(150, 60, 80, 120, first, 12) + _rect(250, 60, 80, 120, second, 40),
        )
        return _svg(shapes[number % 3], 480, 240, "#ffffff")

    return drawn


DRAWINGS: dict[str, tuple[Callable[[], str], int, int]] = {
    "hall": (hall, WIDTH, HEIGHT),
    "panel": (panel, WIDTH, HEIGHT),
    "posters": (posters, WIDTH, HEIGHT),
    "city": (city, WIDTH, HEIGHT),
    "visit": (visit, WIDTH, HEIGHT),
    **{f"portrait-{number}": (portrait(number), 480, 480) for number in range(1, 7)},
    **{f"mark-{number}": (mark(number), 480, 240) for number in range(1, 4)},
}
