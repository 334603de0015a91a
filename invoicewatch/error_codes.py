"""Every error code of the program: what it means, and what to do.

A code is for machines and never changes its meaning; the message beside it is for people and may. A test asks that
every code the source names stands here, and docs/errors.md is made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class ErrorCode(NamedTuple):
    """``cause``: what happened, as a clause; ``remedy``: what the reader can do, as an imperative sentence."""

    cause: str
    remedy: str


_RESCAN = "Scan or copy it again."
_RESAVE = "Save it anew from where it came."
_FETCH = "Run `invoicewatch model fetch`."
_DOCTOR = "Run `invoicewatch doctor`; it names the cause."

ERROR_CODES: Mapping[str, ErrorCode] = {
    # A document
    "changed": ErrorCode("the file changed while it was copied", "Nothing; it is taken again once it rests."),
    "copy_lost": ErrorCode("both the original and its copy in the spool are gone", "Scan it again."),
    "corrupt": ErrorCode("the file is damaged, or has no pages", _RESAVE),
    "damaged": ErrorCode(
        "an e-invoice's XML is not well formed; or a backup's pages do not hold together",
        "Ask the sender for the invoice again; restore another backup.",
    ),
    "empty": ErrorCode("the file has no bytes", _RESCAN),
    "encrypted": ErrorCode("the PDF wants a password", "Save it without a password."),
    "hostile_xml": ErrorCode(
        "the XML declares a document type or entities, or is larger or nested deeper than any invoice",
        "Do not trust its sender; ask for a PDF.",
    ),
    "incomplete": ErrorCode("the file is not all there and has not changed for `give_up_s`", _RESCAN),
    "internal": ErrorCode("a fault of this program", "Report it with the log."),
    "missing": ErrorCode("the original is not where the record says", "Run `invoicewatch check --mend`."),
    "no_rules": ErrorCode("there is no e-invoice whose rules are at hand", "Name a file with UBL or CII in it."),
    "not_a_file": ErrorCode("what was named is a device, a socket or a pipe", "Name a file or a folder."),
    "not_found": ErrorCode("what was named is not there", "Check the name."),
    "out_of_memory": ErrorCode(
        "the worker reached its limit of memory", "Raise `[workers] memory_mb`, or make the scan smaller."
    ),
    "split_changed": ErrorCode(
        "the file is split otherwise than before, and a person entered values",
        "Set `[pages] split` as it was, or `invoicewatch forget` its records first.",
    ),
    "timeout": ErrorCode("the document took longer than it may", "Raise `[workers] timeout_s`, or split the file."),
    "too_large": ErrorCode(
        "the file, or its XML, is larger than the limit", "Raise `[intake] max_bytes`, or split it."
    ),
    "too_many_pixels": ErrorCode(
        "a page unfolds to more pixels than the limit", "Scan at a lower resolution, or raise `[pages] max_pixels`."
    ),
    "truncated": ErrorCode("the file is cut off", _RESCAN),
    "unreadable": ErrorCode("the document cannot be read, without a code of its own", "Do what the message says."),
    "unsupported": ErrorCode(
        "the file is of no type that is read",
        "Supply PDF, PNG, JPEG, TIFF, BMP, WebP, HEIC or e-invoice XML, signed or not.",
    ),
    "worker_died": ErrorCode(
        "the worker process ended while it read this document", "Open it elsewhere and save it anew, or scan it again."
    ),
    # What may pass
    "bad_answer": ErrorCode(
        "a machine of the cluster answered what is no record", "See `invoicewatch cluster status`."
    ),
    "machine_lost": ErrorCode(
        "a machine of the cluster was lost while it read the document", "Nothing; it is tried again."
    ),
    "machine_stopped": ErrorCode("a machine of the cluster was told to stop", "Nothing; another one reads it."),
    "disk_full": ErrorCode("too little space is left to copy the file", "Free some space."),
    "in_work": ErrorCode("the file is on its way through the daemon", "Try again when it is done."),
    "locked": ErrorCode(
        "another daemon or program holds the state folder; or a file is still written to, or cannot be opened",
        "Stop the other one, or give this one a state folder of its own; a file is looked at again by itself.",
    ),
    "ocr_failed": ErrorCode("Tesseract ended with an error", "Look at the message; try `invoicewatch retry`."),
    "ocr_timeout": ErrorCode("Tesseract took too long over a page", "Nothing; the second engine reads it."),
    "store_busy": ErrorCode("another program holds the database, or the disk is full", "Try again."),
    "try_again": ErrorCode("it did not work now, without a code of its own", "Do what the message says."),
    "undeliverable": ErrorCode("a notice did not get through", "`invoicewatch status` says which; mend `[notify]`."),
    # Configuration and usage
    "bad_value": ErrorCode("what was typed is no value of that field", "Write it as the message shows."),
    "config": ErrorCode("the configuration or the command line is wrong", "Mend the key or the option it names."),
    "exists": ErrorCode("there is a file of that name already", "Name another file, or say `--force`."),
    "filter": ErrorCode("a value that narrows a list or search cannot be understood", "Write it as the message shows."),
    "no_change": ErrorCode("`set` was given nothing to set", "Say FIELD=VALUE, or `--undo FIELD`."),
    "no_choice": ErrorCode(
        "it was not said what to read again", "Name IDs, or say `--all`, `--status` or `--engine-older-than`."
    ),
    "no_edit": ErrorCode("the record has no such edit, or no such refusal", "`invoicewatch show` lists them."),
    "no_invoice": ErrorCode("there is no record of that number or SHA-256", "`invoicewatch list` shows them."),
    "no_job": ErrorCode("no `reprocess` was stopped that could be resumed", "Name IDs, or say `--all`."),
    "no_seller": ErrorCode("no seller, or more than one, matches", "`invoicewatch memory` lists them; name one."),
    "no_text": ErrorCode("the format is no text, so it cannot go to standard output", "Name a file with `--output`."),
    "query": ErrorCode("a search cannot be understood", "`invoicewatch search --help` shows the forms."),
    "unknown_engine": ErrorCode("no installed engine has that name", "Set `[ocr] engine` and `second_opinion`."),
    "unknown_extractor": ErrorCode("no installed extractor has that name, or it does not load", "Mend its package."),
    "unknown_processor": ErrorCode("no installed processor has that name, or it does not load", "Mend its package."),
    "cluster_clear": ErrorCode(
        "documents would travel between machines in the clear", "Write `tls://` in `[cluster]`."
    ),
    "cluster_keys": ErrorCode("a file of `[cluster]` is not there", "Make it with `invoicewatch cluster keys`."),
    "cluster_none": ErrorCode("no cluster is configured", "Set `[cluster] scheduler`."),
    # Dependencies and the model
    "dependency": ErrorCode("something that is needed is missing, without a code of its own", _DOCTOR),
    "no_validator": ErrorCode("what checks e-invoices is not installed", "`pip install invoicewatch[validate]`."),
    "engine_missing": ErrorCode(
        "an engine's package or its models are missing", 'Install it, or set `second_opinion = "none"`.'
    ),
    "language_missing": ErrorCode("Tesseract has no data for a language", "Install its `tesseract-ocr-…` package."),
    "llama_cpp": ErrorCode("llama.cpp is missing or does not run on this CPU", "Run `make setup` in the source tree."),
    "long_prompt": ErrorCode("a prompt is longer than the model's context", "Raise `[model] context_size`."),
    "long_text": ErrorCode("a text is longer than the model's context", "Raise `[model] context_size`."),
    "model_context": ErrorCode("llama.cpp cannot make a context of that size", "Lower `[model] context_size`."),
    "model_decode": ErrorCode("llama.cpp could not evaluate the tokens", "Run `invoicewatch model verify`."),
    "model_download": ErrorCode("the model cannot be downloaded", "Check the network, or put a GGUF file in place."),
    "model_incomplete": ErrorCode("the hub lacks a part of the model", "Choose another quantization."),
    "model_missing": ErrorCode("there is no file where `[model] path` points", _FETCH),
    "model_no_gguf": ErrorCode("the repository holds no GGUF file", "Name another `hugging_face_repo_id`."),
    "model_no_quantization": ErrorCode("the repository lacks that quantization", "Choose one that it has."),
    "model_sha256": ErrorCode("the model is not the file that was expected", f"Delete it. {_FETCH}"),
    "model_too_large": ErrorCode("the model does not fit into a worker's memory", "Choose a smaller one."),
    "model_unreadable": ErrorCode("the file is no GGUF model that llama.cpp loads", _FETCH),
    "requantise": ErrorCode("llama.cpp cannot store the model that way", "Choose another quantization."),
    "cluster_away": ErrorCode(
        "the cluster's scheduler does not answer", "Start it with `invoicewatch cluster scheduler`."
    ),
    "cluster_empty": ErrorCode("no machine of the cluster can work", "See `invoicewatch cluster status`."),
    "cluster_missing": ErrorCode("Dask is not installed", "Install `invoicewatch[cluster]`."),
    "tesseract_missing": ErrorCode("Tesseract is not installed", "Install it: `apt install tesseract-ocr`."),
    # The page
    "ignored_name": ErrorCode("the inbox passes over files of that name", "Rename it, or change `[intake] ignore`."),
    "inbox_away": ErrorCode("an inbox cannot be written to now", "Look whether the share is there; try again."),
    "no_inbox": ErrorCode("there is no inbox of that name", "Choose one of `[paths] inboxes`."),
    "too_many": ErrorCode("too many files in too short a time", "Wait, or raise `[web] upload_files`."),
    "journal": ErrorCode("a secret would be written to the journal of a service", "Run the command on a terminal."),
    "cursor": ErrorCode("a cursor is none of this list or search", "Begin without one."),
    "last_admin": ErrorCode("nobody would be left who may do everything", "Make somebody else admin first."),
    "overtaken": ErrorCode("somebody else changed the record meanwhile", "Look at what they did, and say again."),
    "password": ErrorCode("the password is too short or too long", "Choose another one."),
    "person": ErrorCode("there is no such person, or the name cannot be used", "See `invoicewatch web user list`."),
    "token": ErrorCode("there is no such token, or its name is taken", "See `invoicewatch web token list`."),
    "busy": ErrorCode("something of the kind is being done for somebody else", "Try again when it is done."),
    "too_many_hits": ErrorCode("a search finds more records than may be exported from the page", "Narrow it down."),
    "web_open": ErrorCode("the page would be open to other machines without TLS", "Mend `[web]`."),
    "web_origin": ErrorCode("`[web] origin` is no address of a page", 'Write `"https://NAME"`.'),
    "web_tls": ErrorCode("the files for TLS are not there, or one of the two is missing", "Mend `[web]`."),
    # The store
    "no_access": ErrorCode("this user may not read the database", "Join the group invoicewatch-readers, or -editors."),
    "no_backup": ErrorCode("the file is no backup of invoicewatch", "Name another file."),
    "no_database": ErrorCode("nothing was recorded here yet", "Run the daemon or `invoicewatch process` first."),
    "schema_newer": ErrorCode("a newer program wrote the database", "Install that version or a newer one."),
    "state": ErrorCode("the state folder cannot be made or written", "Check `[paths] state`."),
    "state_remote": ErrorCode("the state folder lies on a network share", "Set `[paths] state` to a local disk."),
    "store": ErrorCode("the database is damaged or is another's, without a code of its own", _DOCTOR),
    # Bases, which carry no failure of their own
    "error": ErrorCode("anything else this program raises on purpose", "Do what the message says."),
    "fatal": ErrorCode("nothing can go on, without a code of its own", "Do what the message says."),
}

OPERATING_SYSTEM = ErrorCode(
    "the operating system refused a file: its own name for the reason in lower case, such as `eacces`, `eio`, or"
    " `os_error` where it gives none",
    "Mend what it names (rights, disk, share); the file is tried again.",
)
"""Codes that no table can list: those of ``errno``."""
