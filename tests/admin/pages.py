"""Filling in a page of the admin as a browser would: every field as the page shows it, and then what is changed."""

import re
from html.parser import HTMLParser
from typing import Any

from django.test import Client


class Form(HTMLParser):
    """The fields of the form that saves, with the values that a browser would send back unchanged."""

    def __init__(self, html: str, form_id: str) -> None:
        super().__init__()
        self.form_id, self.inside, self.data = form_id, False, {}  # type: ignore[var-annotated]
        self.select: str | None = None
        self.area: str | None = None
        self.feed(html)

    def put(self, name: str, value: str) -> None:
        self.data.setdefault(name, []).append(value)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = dict(attributes)
        if tag == "form":
            self.inside = has.get("id") == self.form_id
        if not self.inside or "disabled" in has or "__prefix__" in (has.get("name") or ""):
            return
        if tag == "input" and has.get("name"):
            kind = has.get("type") or "text"
            if kind in ("submit", "button", "file") or (kind in ("checkbox", "radio") and "checked" not in has):
                return
            self.put(str(has["name"]), has.get("value") or ("on" if kind == "checkbox" else ""))
        elif tag == "select":
            self.select = has.get("name")
        elif tag == "option" and self.select and "selected" in has:
            self.put(self.select, has.get("value") or "")
        elif tag == "textarea":
            self.area = has.get("name")
            self.put(str(self.area), "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.data[self.area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            if self.area:  # a browser drops the first line break of the box and sends CR LF for the others
                text = self.data[self.area][-1].removeprefix("\r\n").removeprefix("\n")
                self.data[self.area][-1] = re.sub(r"\r?\n", "\r\n", text)
            self.area = None


def filled(client: Client, url: str, form_id: str, **changes: Any) -> dict[str, Any]:
    """What a browser would send from the form of a page, with some fields changed. None leaves a field out."""
    data: dict[str, Any] = Form(client.get(url).content.decode(), form_id).data | changes
    return {name: value for name, value in data.items() if value is not None}


def save(client: Client, url: str, form_id: str, **changes: Any) -> Any:
    """Open a page, change some fields, press *Save*."""
    return client.post(url, filled(client, url, form_id, **changes), follow=True)


def refusals(response: Any) -> dict[str, str]:
    """Why a form was refused, by the name of the field beside which it is said."""
    html = response.content.decode()
    lists = re.findall(r'<ul class="errorlist[^"]*" id="id_([\w-]+)_error">(.*?)</ul>', html, re.DOTALL)
    return {field: " ".join(re.findall(r"<li>(.*?)</li>", found, re.DOTALL)) for field, found in lists}


def words(response: Any) -> str:
    """What a reader of the page sees, in one line."""
    html = re.sub(r"(?s)<(script|style|option).*?</\1>", " ", response.content.decode())
    plain = re.sub(r"<[^>]+>", " ", html)
    for mark, character in (("&#x27;", "'"), ("&quot;", '"'), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")):
        plain = plain.replace(mark, character)
    return re.sub(r"\s+", " ", plain)
