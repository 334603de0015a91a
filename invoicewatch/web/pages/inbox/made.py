"""What the inbox is made with: one desk, one watch and one count for the app, and the values of its templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from fastapi import Request

from invoicewatch.answers.runs.desk import Desk
from invoicewatch.answers.runs.watch import Followed, Moment, Watch
from invoicewatch.web.guard.uploads import Uploads
from invoicewatch.web.guard.visitor import get_site
from invoicewatch.web.pages.inbox.receive import Receiver

FAILED, ON_ITS_WAY, DONE = "mend", "way", "done"
_LISTS = dict.fromkeys(("seen", "settled", "claimed", "working", "waiting"), ON_ITS_WAY) | {"set_aside": FAILED}
_MOST_DONE = 100


@dataclass(frozen=True, slots=True)
class InboxTools:
    """One of each per app."""

    watch: Watch
    receiver: Receiver
    streams: dict[int, int]
    """How many streams of events each person listens to."""


async def get_tools(request: Request) -> InboxTools:
    """The app's, made when they are first asked for: on the event loop, where nothing comes in between."""
    state = request.app.state
    if not hasattr(state, "inbox_tools"):
        site = get_site(request)
        uploads = Uploads(site.config.web.upload_files, site.now_s)
        state.inbox_tools = InboxTools(Watch(site.config), Receiver(Desk(site.config), uploads), {})
    tools: InboxTools = state.inbox_tools
    return tools


def name_list(followed: Followed) -> str:
    """In which list a file is shown."""
    return _LISTS.get(followed.file.state, DONE)


def list_shown(moment: Moment) -> dict[str, list[Followed]]:
    """The files that a page begins with, by list: those that failed and those that are done, the latest first."""
    lists: dict[str, list[Followed]] = {FAILED: [], ON_ITS_WAY: [], DONE: []}
    for followed in moment.files.values():
        lists[name_list(followed)].append(followed)
    lists[FAILED].reverse()
    lists[DONE] = lists[DONE][: -_MOST_DONE - 1 : -1]
    return lists


def make_values(request: Request, tools: InboxTools, moment: Moment) -> dict[str, Any]:
    """What the templates of the inbox need to know."""
    config = get_site(request).config
    return {
        "moment": moment,
        "place": f"{tools.watch.name}.{moment.number}",
        "inboxes": config.paths.inboxes,
        "most_bytes": config.intake.max_bytes,
        "name_list": name_list,
        "when": lambda seconds: datetime.fromtimestamp(seconds, UTC),
    }
