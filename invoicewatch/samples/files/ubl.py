"""UBL 2.1 XML as XRechnung and Peppol exchange it."""

from __future__ import annotations

from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from invoicewatch.samples.files.cii import tax_category, type_code
from invoicewatch.samples.invent.invoice import InvoiceSpec, Item, Party

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_CAC = f"{_UBL}CommonAggregateComponents-2"
_CBC = f"{_UBL}CommonBasicComponents-2"
_PROFILE = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"


def write_ubl(spec: InvoiceSpec) -> bytes:
    """Write the document as a UBL Invoice, or as a UBL CreditNote if it is one with positive amounts."""
    spec = spec.stated
    code = type_code(spec)
    name = "CreditNote" if code == "381" else "Invoice"
    register_namespace("cac", _CAC)
    register_namespace("cbc", _CBC)
    register_namespace("ubl", f"{_UBL}{name}-2")
    root = Element(f"{{{_UBL}{name}-2}}{name}")
    _add(root, "CustomizationID", _PROFILE)
    _add(root, "ID", spec.number)
    _add(root, "IssueDate", spec.issue_date.isoformat())
    if spec.due_date and name == "Invoice":
        _add(root, "DueDate", spec.due_date.isoformat())
    _add(root, f"{name}TypeCode", code)
    _add(root, "DocumentCurrencyCode", spec.currency)
    _add_party(root, "AccountingSupplierParty", spec.seller)
    if spec.buyer:
        _add_party(root, "AccountingCustomerParty", spec.buyer)
    if spec.seller.iban:
        means = _group(root, "PaymentMeans")
        _add(means, "PaymentMeansCode", "58")
        _add(_group(means, "PayeeFinancialAccount"), "ID", spec.seller.iban)
    if spec.discount:
        _add_allowance(root, spec, spec.discount)
    _add_taxes(root, spec)
    _add_sums(root, spec)
    for number, item in enumerate(spec.items, 1):
        _add_item(root, spec, name, number, item)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _add(parent: Element, name: str, text: str, **attributes: str) -> Element:
    element = SubElement(parent, f"{{{_CBC}}}{name}", attributes)
    element.text = text
    return element


def _group(parent: Element, name: str) -> Element:
    return SubElement(parent, f"{{{_CAC}}}{name}")


def _add_amount(parent: Element, name: str, spec: InvoiceSpec, amount: Decimal) -> None:
    _add(parent, name, str(amount), currencyID=spec.currency)


def _add_party(parent: Element, role: str, party: Party) -> None:
    element = _group(_group(parent, role), "Party")
    _add(_group(element, "PartyName"), "Name", party.name)
    address = _group(element, "PostalAddress")
    _add(address, "StreetName", party.street)
    _add(address, "CityName", party.city)
    if party.vat_id:
        scheme = _group(element, "PartyTaxScheme")
        _add(scheme, "CompanyID", "".join(party.vat_id.split()))
        _add(_group(scheme, "TaxScheme"), "ID", "VAT")
    _add(_group(element, "PartyLegalEntity"), "RegistrationName", party.name)


def _add_allowance(parent: Element, spec: InvoiceSpec, amount: Decimal) -> None:
    allowance = _group(parent, "AllowanceCharge")
    _add(allowance, "ChargeIndicator", "false")
    _add_amount(allowance, "Amount", spec, amount)


def _add_category(parent: Element, name: str, rate: Decimal) -> None:
    category = _group(parent, name)
    _add(category, "ID", tax_category(rate))
    _add(category, "Percent", str(rate))
    _add(_group(category, "TaxScheme"), "ID", "VAT")


def _add_taxes(root: Element, spec: InvoiceSpec) -> None:
    total = _group(root, "TaxTotal")
    _add_amount(total, "TaxAmount", spec, spec.tax_total)
    for line in spec.tax_lines:
        subtotal = _group(total, "TaxSubtotal")
        _add_amount(subtotal, "TaxableAmount", spec, line.base)
        _add_amount(subtotal, "TaxAmount", spec, line.tax)
        _add_category(subtotal, "TaxCategory", line.rate)


def _add_sums(root: Element, spec: InvoiceSpec) -> None:
    sums = _group(root, "LegalMonetaryTotal")
    _add_amount(sums, "LineExtensionAmount", spec, spec.items_total)
    _add_amount(sums, "TaxExclusiveAmount", spec, spec.net_total)
    _add_amount(sums, "TaxInclusiveAmount", spec, spec.gross_total)
    if spec.discount:
        _add_amount(sums, "AllowanceTotalAmount", spec, spec.discount)
    if spec.prepaid:
        _add_amount(sums, "PrepaidAmount", spec, spec.prepaid)
    _add_amount(sums, "PayableAmount", spec, spec.amount_due)


def _add_item(root: Element, spec: InvoiceSpec, name: str, number: int, item: Item) -> None:
    line = _group(root, f"{name}Line")
    _add(line, "ID", str(number))
    quantity = "CreditedQuantity" if name == "CreditNote" else "InvoicedQuantity"
    _add(line, quantity, f"{spec.sign * item.quantity:.2f}", unitCode="C62")
    amount = spec.sign * item.amount
    _add_amount(line, "LineExtensionAmount", spec, amount)
    if item.discount_percent:
        _add_allowance(line, spec, (spec.sign * item.quantity * item.unit_price).quantize(amount) - amount)
    product = _group(line, "Item")
    _add(product, "Name", item.text)
    _add_category(product, "ClassifiedTaxCategory", item.rate)
    _add_amount(_group(line, "Price"), "PriceAmount", spec, item.unit_price)
