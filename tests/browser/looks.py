"""Each pair of language, light or dark, narrow or wide, once: all eight would take twice as long and find no more."""

Look = tuple[str, bool, int]
LOOKS: list[Look] = [("", False, 320), ("", True, 1280), ("/en", True, 320), ("/en", False, 1280)]


def look_name(look: Look) -> str:
    language, dark, width = look
    return f"{language[1:] or 'id'}-{'dark' if dark else 'light'}-{width}"
