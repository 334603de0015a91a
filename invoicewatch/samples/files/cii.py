"""Cross Industry Invoice XML as Factur-X and ZUGFeRD embed it (UN/CEFACT D16B, EN 16931 profile)."""

from __future__ import annotations

from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from invoicewatch.samples.invent.invoice import InvoiceSpec, Item, Kind, Party, TaxLine

_RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
_RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
_UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
_PROFILE = "urn:cen.eu:en16931:2017"


def write_cii(spec: InvoiceSpec) -> bytes:
    """Write the document as CII XML; its prices must be net."""
    spec = spec.stated
    for prefix, uri in (("rsm", _RSM), ("ram", _RAM), ("udt", _UDT)):
        register_namespace(prefix, uri)
    root = Element(f"{{{_RSM}}}CrossIndustryInvoice")
    context = SubElement(root, f"{{{_RSM}}}ExchangedDocumentContext")
    _add(_add(context, "GuidelineSpecifiedDocumentContextParameter"), "ID", _PROFILE)
    document = SubElement(root, f"{{{_RSM}}}ExchangedDocument")
    _add(document, "ID", spec.number)
    _add(document, "TypeCode", type_code(spec))
    _add_date(_add(document, "IssueDateTime"), spec.issue_date.strftime("%Y%m%d"))
    transaction = SubElement(root, f"{{{_RSM}}}SupplyChainTradeTransaction")
    for number, item in enumerate(spec.items, 1):
        _add_item(transaction, spec, number, item)
    agreement = _add(transaction, "ApplicableHeaderTradeAgreement")
    _add_party(agreement, "SellerTradeParty", spec.seller)
    if spec.buyer:
        _add_party(agreement, "BuyerTradeParty", spec.buyer)
    delivery = _add(transaction, "ApplicableHeaderTradeDelivery")
    if spec.delivery_date:
        occurrence = _add(_add(delivery, "ActualDeliverySupplyChainEvent"), "OccurrenceDateTime")
        _add_date(occurrence, spec.delivery_date.strftime("%Y%m%d"))
    _add_settlement(transaction, spec)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def type_code(spec: InvoiceSpec) -> str:
    """UNTDID 1001: 380 invoice, 381 credit note, 384 corrected invoice, whose amounts are negative."""
    if spec.kind is not Kind.CREDIT_NOTE:
        return "380"
    return "381" if spec.sign > 0 else "384"


def tax_category(rate: Decimal) -> str:
    """UNTDID 5305: S standard or reduced rate, Z zero rated."""
    return "S" if rate else "Z"


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    element = SubElement(parent, f"{{{_RAM}}}{name}", attributes)
    element.text = text
    return element


def _add_date(parent: Element, compact: str) -> None:
    SubElement(parent, f"{{{_UDT}}}DateTimeString", {"format": "102"}).text = compact


def _add_party(parent: Element, name: str, party: Party) -> None:
    element = _add(parent, name)
    _add(element, "Name", party.name)
    address = _add(element, "PostalTradeAddress")
    _add(address, "LineOne", party.street)
    _add(address, "CityName", party.city)
    if party.vat_id:
        _add(_add(element, "SpecifiedTaxRegistration"), "ID", "".join(party.vat_id.split()), schemeID="VA")


def _add_item(parent: Element, spec: InvoiceSpec, number: int, item: Item) -> None:
    line = _add(parent, "IncludedSupplyChainTradeLineItem")
    _add(_add(line, "AssociatedDocumentLineDocument"), "LineID", str(number))
    _add(_add(line, "SpecifiedTradeProduct"), "Name", item.text)
    price = _add(_add(line, "SpecifiedLineTradeAgreement"), "NetPriceProductTradePrice")
    _add(price, "ChargeAmount", f"{item.unit_price:.2f}")
    quantity = f"{spec.sign * item.quantity:.2f}"
    _add(_add(line, "SpecifiedLineTradeDelivery"), "BilledQuantity", quantity, unitCode="C62")
    settlement = _add(line, "SpecifiedLineTradeSettlement")
    _add_tax(settlement, item.rate)
    amount = spec.sign * item.amount
    full = (spec.sign * item.quantity * item.unit_price).quantize(amount)
    if item.discount_percent:
        _add_allowance(settlement, full - amount)
    summation = _add(settlement, "SpecifiedTradeSettlementLineMonetarySummation")
    _add(summation, "LineTotalAmount", str(amount))


def _add_tax(parent: Element, rate: Decimal, line: TaxLine | None = None) -> None:
    tax = _add(parent, "ApplicableTradeTax")
    if line:
        _add(tax, "CalculatedAmount", str(line.tax))
    _add(tax, "TypeCode", "VAT")
    if line:
        _add(tax, "BasisAmount", str(line.base))
    _add(tax, "CategoryCode", tax_category(rate))
    _add(tax, "RateApplicablePercent", str(rate))


def _add_allowance(parent: Element, amount: Decimal) -> None:
    allowance = _add(parent, "SpecifiedTradeAllowanceCharge")
    SubElement(_add(allowance, "ChargeIndicator"), f"{{{_UDT}}}Indicator").text = "false"
    _add(allowance, "ActualAmount", str(amount))


def _add_settlement(parent: Element, spec: InvoiceSpec) -> None:
    settlement = _add(parent, "ApplicableHeaderTradeSettlement")
    _add(settlement, "InvoiceCurrencyCode", spec.currency)
    if spec.seller.iban:
        means = _add(settlement, "SpecifiedTradeSettlementPaymentMeans")
        _add(means, "TypeCode", "58")
        _add(_add(means, "PayeePartyCreditorFinancialAccount"), "IBANID", spec.seller.iban)
    for line in spec.tax_lines:
        _add_tax(settlement, line.rate, line)
    if spec.discount:
        _add_allowance(settlement, spec.discount)
    if spec.due_date:
        due = _add(_add(settlement, "SpecifiedTradePaymentTerms"), "DueDateDateTime")
        _add_date(due, spec.due_date.strftime("%Y%m%d"))
    sums = _add(settlement, "SpecifiedTradeSettlementHeaderMonetarySummation")
    _add(sums, "LineTotalAmount", str(spec.items_total))
    if spec.discount:
        _add(sums, "AllowanceTotalAmount", str(spec.discount))
    _add(sums, "TaxBasisTotalAmount", str(spec.net_total))
    _add(sums, "TaxTotalAmount", str(spec.tax_total), currencyID=spec.currency)
    _add(sums, "GrandTotalAmount", str(spec.gross_total))
    if spec.prepaid:
        _add(sums, "TotalPrepaidAmount", str(spec.prepaid))
    _add(sums, "DuePayableAmount", str(spec.amount_due))
