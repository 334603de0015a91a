"""Every setting with its type, its bounds and its default; `config.toml` says in words what each does."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Seconds = Annotated[float, msgspec.Meta(ge=0)]
Positive = Annotated[int, msgspec.Meta(ge=1)]

IGNORED_NAMES = (
    ".*",
    "~*",
    "*~",
    "*.part",
    "*.partial",
    "*.tmp",
    "*.temp",
    "*.crdownload",
    "*.download",
    "*.filepart",
    "*.swp",
    ".syncthing.*",
    "~syncthing~*",
    ".smbdelete*",
    ".nfs*",
    "._*",
    "Thumbs.db",
    "desktop.ini",
    ".DS_Store",
)


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of the configuration: unknown keys are refused."""


class PathSettings(_Table, frozen=True):
    """``[paths]``; relative paths are relative to the file that names them, and absolute once loaded."""

    inboxes: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)] = ("inbox",)
    archive: str = "archive"
    set_aside: str = "set-aside"
    duplicates: str = "duplicates"
    state: str = "state"


class IntakeSettings(_Table, frozen=True):
    """``[intake]``: how files are taken from the inboxes."""

    settle_s: Seconds = 5.0
    give_up_s: Seconds = 3600.0
    reconcile_s: Annotated[float, msgspec.Meta(ge=1)] = 60.0
    poll_s: Annotated[float, msgspec.Meta(ge=0.1)] = 5.0
    answer_s: Annotated[float, msgspec.Meta(ge=1)] = 15.0
    watch: Literal["auto", "inotify", "polling"] = "auto"
    order: Literal["oldest", "newest"] = "oldest"
    keep_originals: Literal["archive", "in_place"] = "archive"
    on_duplicate: Literal["move", "leave", "delete"] = "move"
    ignore: tuple[str, ...] = IGNORED_NAMES
    max_attempts: Positive = 8
    retry_first_s: Seconds = 10.0
    retry_cap_s: Seconds = 3600.0
    max_bytes: Positive = 200_000_000
    min_free_mb: Annotated[int, msgspec.Meta(ge=0)] = 100


class PageSettings(_Table, frozen=True):
    """``[pages]``: limits on what is decoded, and how a page is prepared."""

    max_width: Annotated[int, msgspec.Meta(ge=200)] = 1500
    max_pixels: Positive = 120_000_000
    max_pages: Positive = 300
    deskew: bool = True
    split: Literal["none", "blank"] = "none"
    flatten_photos: bool = True


class OcrSettings(_Table, frozen=True):
    """``[ocr]``: languages and engines."""

    languages: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)] = ("eng", "deu", "fra")
    engine: str = "tesseract"
    second_opinion: str = "rapidocr"
    timeout_s: Annotated[float, msgspec.Meta(ge=1)] = 60.0


class ModelSettings(_Table, frozen=True):
    """``[model]``: the GGUF model."""

    path: str = "models/SmolLM2-135M-Instruct.Q4_1.gguf"
    allow_auto_download: bool = False
    hugging_face_repo_id: str = "Qwen/Qwen2.5-3B-Instruct-GGUF"
    hugging_face_quantization: str = "q4_k_m"
    gpu_layers: Annotated[int, msgspec.Meta(ge=-1)] = 0
    context_size: Annotated[int, msgspec.Meta(ge=256)] = 2048
    threads: Annotated[int, msgspec.Meta(ge=0)] = 1
    seed: Annotated[int, msgspec.Meta(ge=0)] = 7
    requantise: bool = True
    idle_unload_s: Seconds = 600.0


class CorrectSettings(_Table, frozen=True):
    """``[correct]``: the chain that mends the text."""

    mode: Literal["off", "rescore", "rewrite"] = "rescore"
    processors: tuple[str, ...] = ("paths", "spelling")
    budget_s: Seconds = 5.0


class ExtractSettings(_Table, frozen=True):
    """``[extract]``: the chain that finds the fields."""

    extractors: tuple[str, ...] = (
        "einvoice",
        "currency",
        "total",
        "dates",
        "identifiers",
        "parties",
        "document_type",
        "looks",
        "codes",
    )
    accepted_error: Annotated[float, msgspec.Meta(ge=0.001, le=0.05)] = 0.005
    decisive: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)] = ("total", "issue_date")
    look_share: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0
    max_age_years: Positive = 20
    future_days: Annotated[int, msgspec.Meta(ge=0)] = 7
    max_xml_bytes: Positive = 20_000_000


class EInvoiceSettings(_Table, frozen=True):
    """``[einvoice]``: whether e-invoices are checked against the rules of their formats."""

    validate: bool = False
    rules: tuple[str, ...] = ()


class OfficeSettings(_Table, frozen=True):
    """``[office]``: who receives the documents, which is never who sells."""

    names: tuple[str, ...] = ()
    vat_ids: tuple[str, ...] = ()
    ibans: tuple[str, ...] = ()


class WorkerSettings(_Table, frozen=True):
    """``[workers]``: the processes that do the work; ``count = 0`` means one a core."""

    count: Annotated[int, msgspec.Meta(ge=0)] = 0
    timeout_s: Annotated[float, msgspec.Meta(ge=1)] = 300.0
    memory_mb: Annotated[int, msgspec.Meta(ge=0)] = 4096


class ClusterSettings(_Table, frozen=True):
    """``[cluster]``: other machines' workers; without ``scheduler`` there is no cluster."""

    scheduler: Annotated[str, msgspec.Meta(pattern=r"^((tls|tcp)://[^\s/]+:[0-9]{1,5})?$")] = ""
    ca: str = ""
    certificate: str = ""
    key: str = ""
    local_workers: Annotated[int, msgspec.Meta(ge=0)] = 0
    differing: Literal["refuse", "note"] = "refuse"
    lost_after_s: Annotated[float, msgspec.Meta(ge=5)] = 30.0


class NotifySettings(_Table, frozen=True):
    """``[notify]``: whom to tell of what; by default nobody."""

    events: tuple[Literal["recorded", "needs_review", "failed", "trouble"], ...] = ("needs_review", "failed", "trouble")
    command: tuple[str, ...] = ()
    webhook: Annotated[str, msgspec.Meta(pattern=r"^(https?://.+)?$")] = ""
    webhook_secret_file: str = ""
    apprise: tuple[str, ...] = ()
    timeout_s: Annotated[float, msgspec.Meta(ge=0.1)] = 10.0
    max_attempts: Positive = 8
    retry_first_s: Seconds = 5.0
    retry_cap_s: Seconds = 300.0
    max_waiting: Positive = 1000
    prometheus_file: str = ""


class RetentionSettings(_Table, frozen=True):
    """``[retention]``: how long originals are kept; 0 days means for ever."""

    originals_days: Annotated[int, msgspec.Meta(ge=0, le=36_500)] = 0


class WebSettings(_Table, frozen=True):
    """``[web]``: the page; only this machine can reach it unless TLS or a reverse proxy is declared."""

    host: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=1, le=65_535)] = 8484
    origin: str = ""
    tls_certificate: str = ""
    tls_key: str = ""
    proxy: str = ""
    session_hours: Annotated[float, msgspec.Meta(gt=0, le=168)] = 12.0
    upload_files: Positive = 200


class LogSettings(_Table, frozen=True):
    """``[log]``: ``format = "auto"`` is readable on a terminal and one line of fields elsewhere."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "console", "logfmt", "json"] = "auto"


class Config(_Table, frozen=True):
    """All settings."""

    paths: PathSettings = PathSettings()
    intake: IntakeSettings = IntakeSettings()
    pages: PageSettings = PageSettings()
    ocr: OcrSettings = OcrSettings()
    model: ModelSettings = ModelSettings()
    correct: CorrectSettings = CorrectSettings()
    extract: ExtractSettings = ExtractSettings()
    einvoice: EInvoiceSettings = EInvoiceSettings()
    office: OfficeSettings = OfficeSettings()
    workers: WorkerSettings = WorkerSettings()
    cluster: ClusterSettings = ClusterSettings()
    notify: NotifySettings = NotifySettings()
    retention: RetentionSettings = RetentionSettings()
    web: WebSettings = WebSettings()
    log: LogSettings = LogSettings()
