"""How does one person use the product? By what stands on the page: links, buttons, labels, in English."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect
from playwright.sync_api import TimeoutError as Missed

from agencies.models import Member
from tests.cast import PASSWORD
from tests.entry import enter
from tests.journeys.wire import Wire, recording

#: Milliseconds until something that should be there is missed; long, for machines that do much else.
PATIENCE = 20_000
#: A small telephone, in CSS pixels.
NARROW: ViewportSize = {"width": 390, "height": 844}
expect.set_options(timeout=PATIENCE)


class Person:
    """A member in a browser of its own, and everything that reached it."""

    def __init__(self, member: Member, context: BrowserContext, wire: Wire) -> None:
        self.member = member
        self.wire = wire
        self.titles: list[str] = []
        self.said: list[str] = []
        self.broken: list[str] = []
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.broken.append(str(error)))
        self._away = True

    @property
    def name(self) -> str:
        """As it stands on the pages."""
        return self.member.name

    @property
    def main(self) -> Locator:
        """The page without header and footer."""
        return self.page.get_by_role("main")

    # --- going somewhere ----------------------------------------------------------------------------------------

    def goto(self, path: str = "/") -> None:
        """Type an address."""
        self.page.goto(self.wire.url + path, wait_until="domcontentloaded")
        self._landed()

    def be_signed_in(self) -> None:
        """With the session that the page would have made: for whom signing in is not what is tried. On no page yet."""
        client = Client()
        enter(client, self.member)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.wire.url}])

    def rest(self) -> None:
        """Leave for an address that follows nothing. Who sits on a page fetches it again whenever others do a thing."""
        self.page.goto(self.wire.url + reverse("health"), wait_until="commit")
        self._away = True

    def sign_in(self) -> None:
        """With e-mail and password, by hand."""
        self.goto()
        self.sign_in_here()

    def sign_in_here(self) -> None:
        """The same on the page that asks for it."""
        self.fill("E-mail", self.member.email)
        self.fill("Password", PASSWORD)
        self.press("Sign in")
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text("Sign in")

    def home(self) -> None:
        """By the header."""
        self.go("Home")

    def go(self, entry: str) -> None:
        """By an entry of the header; who is on no page comes home first."""
        if self._away:
            self.goto()
            if entry == "Home":
                return
        navigation = self.page.get_by_role("navigation", name="Main")
        with self._leaving():
            navigation.get_by_role("link", name=entry, exact=True).click()

    def open_situation(self, number: str) -> None:
        """By the list."""
        if self._away:
            self.goto(reverse("situations"))
        else:
            self.go("Situations")
        self.follow(number)

    def press(self, label: str, *, within: Locator | None = None, twice: bool = False) -> None:
        """A button, or a link that looks like one."""
        scope = within or self.main
        button = scope.get_by_role("button", name=label, exact=True)
        button = button.or_(scope.get_by_role("link", name=label, exact=True)).first
        if twice:
            self._press_twice(button)
            return
        with self._leaving():
            button.click()

    def unfold(self, words: str) -> None:
        """What is folded under some words, as by a touch on them."""
        self.main.locator("summary", has_text=words).click()

    def _press_twice(self, button: Locator) -> None:
        """An impatient hand. Without JavaScript the second press may break off the first one's answer."""
        left = self.heading
        button.dblclick()
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text(left)
        self.page.wait_for_load_state("domcontentloaded")
        self._landed()

    def follow(self, label: str, *, within: Locator | None = None) -> None:
        """A link."""
        with self._leaving():
            (within or self.main).get_by_role("link", name=label, exact=True).first.click()

    # --- filling in ---------------------------------------------------------------------------------------------

    def fill(self, label: str, text: str) -> None:
        """A field, by its label."""
        self.main.get_by_label(label).fill(text)

    def choose(self, label: str, option: str) -> None:
        """In a list."""
        self.main.get_by_role("combobox", name=label).select_option(label=option)

    def tick(self, *labels: str, group: str | None = None) -> None:
        """Checkboxes or radio buttons, by the beginning of their labels."""
        scope = self.group(group) if group else self.main
        for label in labels:
            self._box(scope, label).check()

    def pick(self, words: str, *, group: str) -> None:
        """With a picker: some words of the code, and Enter."""
        box = self.group(group).first.get_by_role("searchbox")
        box.fill(words)
        box.press("Enter")
        expect(self.group(group).first.get_by_role("listitem").filter(has_text=words).first).to_be_visible()

    def group(self, legend: str) -> Locator:
        """A set of choices, by its question."""
        return self.main.get_by_role("group", name=legend)

    def _box(self, scope: Locator, label: str) -> Locator:
        found = scope.get_by_role("checkbox", name=label).or_(scope.get_by_role("radio", name=label))
        return found.first

    # --- reading ------------------------------------------------------------------------------------------------

    def sees(self, *texts: str) -> None:
        """Each of these stands on the page."""
        for text in texts:
            expect(self.main).to_contain_text(text)

    def does_not_see(self, *texts: str) -> None:
        """None of these stands on the page."""
        for text in texts:
            expect(self.main).not_to_contain_text(text)

    def section(self, heading: str) -> Locator:
        """A part of the page, by its heading."""
        return self.page.locator("section").filter(has=self.page.get_by_role("heading", name=heading))

    def fits_a_telephone(self) -> None:
        """The page as it stands does not scroll sideways on a small screen."""
        before = self.page.viewport_size
        self.page.set_viewport_size(NARROW)
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= NARROW["width"], f"{self.page.url} is {wide} wide"
        if before:
            self.page.set_viewport_size(before)

    @property
    def heading(self) -> str:
        """What the page is about."""
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def received(self) -> str:
        """Every header, body, address, title and console message that reached this person."""
        return "\n".join([self.wire.text, *self.titles, *self.said])

    @contextmanager
    def _leaving(self) -> Iterator[None]:
        """Wait for the next page, so that nothing is looked for on the old one."""
        try:
            with self.page.expect_navigation(wait_until="domcontentloaded"):
                yield
        except Missed as missed:
            # Whoever reads the failure wants to see what the person saw.
            raise AssertionError(f"{self.name} could not go on from:\n{self.main.inner_text()}") from missed
        self._landed()

    def _landed(self) -> None:
        self._away = False
        self.titles.append(self.page.title())


@contextmanager
def browsing(browser: Browser, url: str, member: Member, **options: Any) -> Iterator[Person]:
    """A browser of this member's own; nobody is signed in yet."""
    with recording(url) as wire:
        context = browser.new_context(locale="en-CA", **options)
        try:
            yield Person(member, context, wire)
        finally:
            context.close()
