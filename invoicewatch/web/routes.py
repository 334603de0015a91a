"""All pages and the API, each module's router once."""

from __future__ import annotations

from fastapi import APIRouter

from invoicewatch.web.api.described import router as api_described
from invoicewatch.web.api.export import router as api_export
from invoicewatch.web.api.files import router as api_files
from invoicewatch.web.api.records import router as api_records
from invoicewatch.web.pages.changes import router as log
from invoicewatch.web.pages.find.box import router as search_box
from invoicewatch.web.pages.find.export import router as search_export
from invoicewatch.web.pages.find.figures import router as figures
from invoicewatch.web.pages.find.search import router as search
from invoicewatch.web.pages.home import router as home
from invoicewatch.web.pages.inbox.events import router as inbox_events
from invoicewatch.web.pages.inbox.listing import router as inbox
from invoicewatch.web.pages.login import router as login
from invoicewatch.web.pages.me import router as habits
from invoicewatch.web.pages.people import router as people
from invoicewatch.web.pages.pictures import router as pictures
from invoicewatch.web.pages.record.changing import router as record_changing
from invoicewatch.web.pages.record.files import router as record_files
from invoicewatch.web.pages.record.forgetting import router as record_forgetting
from invoicewatch.web.pages.record.looking import router as record
from invoicewatch.web.pages.review.answering import router as review_answering
from invoicewatch.web.pages.review.looking import router as review

PAGES: tuple[APIRouter, ...] = (
    home,
    login,
    habits,
    review,
    review_answering,
    inbox,
    inbox_events,
    record,
    record_changing,
    record_forgetting,
    record_files,
    pictures,
    search,
    search_box,
    search_export,
    figures,
    people,
    log,
)
API: tuple[APIRouter, ...] = (api_described, api_export, api_files, api_records)
