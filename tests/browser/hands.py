"""Two ways to use a page: with a mouse, and with a keyboard alone. A journey is written once for both."""

from pathlib import Path

from playwright.sync_api import ElementHandle, Error, Locator, Page, expect

MOST_TABS = 250
HAS_FOCUS = "element => element === document.activeElement"
GROUP_HAS_FOCUS = "radio => document.activeElement.type === 'radio' && document.activeElement.name === radio.name"
IS_THERE = "element => element.isConnected"


class Mouse:
    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        target.click()

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)

    def choose(self, select: Locator, option: str) -> None:
        select.select_option(label=option)

    def tick(self, box: Locator) -> None:
        box.check()

    def give(self, file_input: Locator, file: Path) -> None:
        file_input.set_input_files(file)


class Keyboard(Mouse):
    """Every target is reached by Tab from where the focus is; nothing is focused or clicked by script."""

    def _reach(self, target: Locator, has_focus: str = HAS_FOCUS) -> None:
        expect(target).to_have_count(1)
        element = target.element_handle()
        for _ in range(MOST_TABS):
            if _holds(element, has_focus):
                return
            if not _holds(element, IS_THERE):  # the page, or this part of it, has come anew
                element = target.element_handle()
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {target}")

    def press(self, target: Locator) -> None:
        self._reach(target)
        target.press("Enter")  # unlike `page.keyboard`, waits until a new page answers, as a click does

    def write(self, field: Locator, text: str) -> None:
        self._reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, select: Locator, option: str) -> None:
        self._reach(select)
        self.page.keyboard.type(option)
        expect(select.locator("option:checked")).to_have_text(option)

    def tick(self, box: Locator) -> None:
        if box.get_attribute("type") != "radio":
            self._reach(box)
            self.page.keyboard.press("Space")
        else:
            self._pick(box)
        expect(box).to_be_checked()

    def _pick(self, radio: Locator) -> None:
        """Tab leads into a group of radio buttons, arrows lead through it."""
        self._reach(radio, GROUP_HAS_FOCUS)
        element = radio.element_handle()
        for _ in range(MOST_TABS):
            if _holds(element, HAS_FOCUS):
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")

    def give(self, file_input: Locator, file: Path) -> None:
        """The system's own dialog, which Enter opens, is not part of the page."""
        self._reach(file_input)
        file_input.set_input_files(file)


def _holds(element: ElementHandle, condition: str) -> bool:
    """Asked of the element itself: to look it up by its role takes ten times as long, and Tab is pressed often."""
    try:
        return bool(element.evaluate(condition))
    except Error:  # it was of a page that is gone
        return False
