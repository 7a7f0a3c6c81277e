"""Codes that cameras read, for pages that are printed."""

import re

import qrcode

_DARK = re.compile("1+")
ANY_MASK = 3  # to look for the best of the eight takes four times as long, and cameras read all of them


def qr_rows(text: str, mask: int | None = None) -> list[str]:
    """Rows of '1' for dark and '0' for light."""
    code = qrcode.QRCode(border=0, error_correction=qrcode.ERROR_CORRECT_M, mask_pattern=mask)
    code.add_data(text)
    return ["".join("1" if dark else "0" for dark in row) for row in code.get_matrix()]


def qr_svg(text: str) -> str:
    """One path, so that a sheet with hundreds of codes stays light and no seams show."""
    rows = qr_rows(text, ANY_MASK)
    runs = ((run.start(), y, len(run[0])) for y, row in enumerate(rows) for run in _DARK.finditer(row))
    path = "".join(f"M{x} {y}h{width}v1h-{width}z" for x, y, width in runs)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}"><path d="{path}"/></svg>'
