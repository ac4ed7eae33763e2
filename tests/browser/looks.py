"""What a page shows that it should not. Each function names what it finds; nothing is []."""

import re
from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

_AXE = Axe()
_TOO_WIDE = """() => {
  const over = document.documentElement.scrollWidth - innerWidth;
  if (over <= 0) return [];
  const out = [...document.querySelectorAll("body *")].filter(
    (one) => one.getBoundingClientRect().right > innerWidth + 0.5);
  return [`${over} px`, ...out.slice(-3).map((one) => one.outerHTML.slice(0, 120))];
}"""
_SAID = """(silent) => {
  const own = (node) => !node.parentElement.closest(silent);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const said = [document.title];
  while (texts.nextNode()) if (own(texts.currentNode)) said.push(texts.currentNode.data);
  const named = ":is([aria-label], [alt], [placeholder], [title]):not(.simplebar-content-wrapper)";
  for (const one of document.querySelectorAll(named))
    for (const name of ["aria-label", "alt", "placeholder", "title"])
      said.push(one.getAttribute(name) ?? "");
  return said.join("\\n");
}"""
# Icons are words in a font of their own; the theme's scroll boxes call themselves in English.
_SILENT = "script, style, template, textarea, kbd, .material-symbols-outlined, [lang]:not(html)"
# Words and codes such as `in_transit`; not the letters of numbers, hashes and addresses.
_FOREIGN = r"(?<![\w.*@/:-])(?=[A-Za-z_]*[A-Za-z]{2})[A-Za-z_]+(?![\w@/:.-])"
_UNLABELLED = """() => [...document.querySelectorAll(".aid-box :is(tbody, tfoot) td")]
  .filter((cell) => cell.innerText.trim() && cell.getClientRects().length)
  .filter((cell) => !cell.dataset.label && !cell.matches(".prose"))
  .map((cell) => cell.outerHTML.slice(0, 120))"""
_SAME_IN_CHINESE = {"CSV", "EMS", "English", "Excel", "JSON", "PDF", "SHA", "Stripe", "en", "xlsx"}


def too_wide(page: Page) -> list[str]:
    """By how much the document scrolls sideways, and what makes it."""
    found: list[str] = page.evaluate(_TOO_WIDE)
    return found


def without_a_label(page: Page) -> list[str]:
    """Cells of the desk's tables that don't say on a phone which column they are of."""
    found: list[str] = page.evaluate(_UNLABELLED)
    return found


def said(page: Page, *, silent: str = _SILENT) -> str:
    """What the page says or has read aloud, except inside what the selector `silent` names."""
    words: str = page.evaluate(_SAID, silent)
    return words


def not_chinese(page: Page, *, names: Iterable[str] = ()) -> list[str]:
    """Words in Latin letters, and codes; but for `names`, which are called so."""
    words = said(page)
    for name in sorted(names, key=len, reverse=True):
        words = words.replace(name, "·")
    return sorted(set(re.findall(_FOREIGN, words)) - _SAME_IN_CHINESE)


def grave(page: Page, *, within: str | None = None) -> list[str]:
    """What axe-core finds serious or worse, in the whole page or in one part of it."""
    found = _AXE.run(page, within, {"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['id']}: {node['html']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def complaints_of(page: Page) -> list[str]:
    """What scripts fail at and the browser warns of, from now on; grows while pages are read."""
    told: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            told.append(f"{page.url}: {message.text}")

    page.on("console", heard)
    page.on("pageerror", lambda error: told.append(f"{page.url}: {error}"))
    return told
