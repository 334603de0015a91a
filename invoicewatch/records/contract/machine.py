"""How program and machine are, as JSON: ``status``, ``check``, ``doctor``, ``config`` and ``service status``."""

from __future__ import annotations

from typing import Annotated, Any, TypedDict


class InboxJson(TypedDict):
    """One inbox."""

    path: Annotated[str, "The folder."]
    mode: Annotated[str, "How it is watched; empty while no daemon watches."]
    reachable: Annotated[bool, "It can be read now."]
    trouble: Annotated[str, "Why not, for people; else empty."]
    waiting: Annotated[dict[str, int], "How many of its files are in which state (docs/state.md)."]


class WaitingJson(TypedDict):
    """A file that is on its way."""

    name: Annotated[str, "Its path."]
    state: Annotated[str, "Where on its way (docs/state.md)."]
    seen_s: Annotated[float, "When it was first seen, in Unix seconds."]
    next_s: Annotated[float, "When it is looked at or tried again, in Unix seconds."]
    why: Annotated[str, "What it waits for, for people; may be empty."]


class LastErrorJson(TypedDict):
    """A failure that still stands."""

    name: Annotated[str, "The file's path."]
    when_s: Annotated[float, "In Unix seconds."]
    message: Annotated[str, "What happened, for people."]
    remedy: Annotated[str, "What to do, for people."]


class StatusJson(TypedDict):
    """How the daemon is. The exit code is 1 where `healthy` is false."""

    healthy: Annotated[bool, "Nothing needs a person: `problems` is empty."]
    pid: Annotated[int | None, "The daemon's process; null: it does not run."]
    started_s: Annotated[float | None, "Since when, in Unix seconds."]
    inboxes: Annotated[list[InboxJson], "In the order of the configuration."]
    states: Annotated[dict[str, int], "How many files are in which state (docs/state.md)."]
    model: Annotated[str, "The language model's state, for people; empty while no daemon runs."]
    busy: Annotated[int, "How many documents are in work."]
    recorded_last_hour: Annotated[int, "How many files were recorded."]
    oldest: Annotated[WaitingJson | None, "The file that has been on its way for longest."]
    last_error: Annotated[LastErrorJson | None, "The latest failure that still stands."]
    judging_again: Annotated[int, "How many records wait to be judged again after an answer about their seller."]
    problems: Annotated[list[str], "What needs a person, for people."]


class FindingJson(TypedDict):
    """One thing that is not in order. Nothing printed: all is."""

    fault: Annotated[str, "`missing`, `changed`, `moved`, `orphaned`, `damaged` or `log`."]
    path: Annotated[str, "The file; what is wrong, where that is no file."]
    invoice: Annotated[int | None, "The record concerned."]
    found_at: Annotated[str | None, "Where the original lies instead."]
    mended: Annotated[bool, "`--mend` put it right."]


class CheckJson(TypedDict):
    """One thing that was looked at."""

    name: Annotated[str, "What, for people."]
    verdict: Annotated[str, "`ok`, `warning` or `broken`."]
    detail: Annotated[str, "How it stands, for people."]
    remedy: Annotated[str, "What to do, for people; may be empty."]


class SettingJson(TypedDict):
    """One setting."""

    value: Annotated[Any, "As in config.toml; of addresses that hold secrets only the scheme."]
    origin: Annotated[str, "`default`, the file, or the environment variable."]


class ConfigJson(TypedDict):
    """The settings in force."""

    file: Annotated[str | None, "The file that was read; null: none."]
    settings: Annotated[dict[str, SettingJson], "By `table.key`, every one of config.toml."]


class ServiceJson(TypedDict):
    """The systemd unit, as systemd sees it; the words are systemd's own."""

    load: Annotated[str, "`loaded` where it is installed."]
    enabled: Annotated[str, "Whether it starts at boot."]
    active: Annotated[str, "`active`, `inactive`, `failed` …"]
    sub: Annotated[str, "`running`, `dead` …"]
    result: Annotated[str, "How it ended last."]
    status: Annotated[str, "What the daemon said last, for people."]
    pid: Annotated[int, "0 while it does not run."]
    restarts: Annotated[int, "How often systemd started it again."]
    since: Annotated[str | None, "ISO 8601; null where it never ran."]


class PersonJson(TypedDict):
    """Somebody who may come in by the page."""

    name: Annotated[str, "How they are called in the log."]
    right: Annotated[str, "`reader`, `editor` or `admin`."]
    disabled: Annotated[bool, "Shut out."]
    has_password: Annotated[bool, "They have chosen one."]
    created: Annotated[str | None, "When they were added, in UTC."]
    seen: Annotated[str | None, "When they last logged in, in UTC; null: never."]


class TokenJson(TypedDict):
    """A token with which a program uses the API."""

    name: Annotated[str, "How it is called in the log."]
    person: Annotated[str, "Whose rights it has at most."]
    scopes: Annotated[list[str], "`read`, `submit`, `review`."]
    created: Annotated[str | None, "When it was given out, in UTC."]
    seen: Annotated[str | None, "When it was last used, in UTC; null: never."]
    ends: Annotated[str | None, "When it ends, in UTC; null: it does not."]


class LogEntryJson(TypedDict):
    """One thing that somebody did."""

    number: Annotated[int, "From 1, without gaps."]
    time: Annotated[str, "When, in UTC."]
    who: Annotated[str, "The person's name; behind it in brackets the token that a program used."]
    what: Annotated[
        str,
        "`set`, `undo`, `reprocess`, `retry`, `hand_in`, `forget`, `forget_seller`, `restore`, `person` or `token`.",
    ]
    record: Annotated[int | None, "The record's number; null where it was none. It may be gone since."]
    sha256: Annotated[str | None, "Of its file."]
    part: Annotated[int, "The part of its file; 0: the whole."]
    subject: Annotated[str, "The person, token or head of the log that it was done to; may be empty."]
    field: Annotated[str | None, "Which field."]
    before: Annotated[str | None, "What counted until then; null: nothing, or erased."]
    after: Annotated[str | None, "What counts from then on; null: nothing, or erased."]
    erased: Annotated[bool, "A value was erased with its record; the entry still holds its salted hash."]
    hash: Annotated[str, "The entry's own hash, which the next one holds."]
