from datetime import date
from decimal import Decimal

import pytest

FA_2, FA_3 = "http://crd.gov.pl/wzor/2023/06/29/12648/", "http://crd.gov.pl/wzor/2025/06/25/13775/"

FAKTURA = """<Faktura xmlns="{namespace}"><Naglowek><WariantFormularza>2</WariantFormularza></Naglowek>
 <Podmiot1><DaneIdentyfikacyjne><NIP>5261040828</NIP><Nazwa>Młyn Wodny Sp. z o.o.</Nazwa></DaneIdentyfikacyjne>
 </Podmiot1>
 <Podmiot2><DaneIdentyfikacyjne><NIP>1111111111</NIP><Nazwa>Piekarnia Róg</Nazwa></DaneIdentyfikacyjne></Podmiot2>
 <Fa><KodWaluty>PLN</KodWaluty><P_1>2026-02-14</P_1><P_2>FV/7/2026</P_2>
  <P_13_1>{net}</P_13_1><P_14_1>{tax}</P_14_1><P_14_1W>99.00</P_14_1W>
  <P_13_6_1>5.00</P_13_6_1><P_13_7>2.00</P_13_7><P_15>{total}</P_15>
  <RodzajFaktury>{kind}</RodzajFaktury>{settled}
  <Platnosc><TerminPlatnosci><Termin>2026-03-16</Termin></TerminPlatnosci>
   <TerminPlatnosci><Termin>2026-04-16</Termin></TerminPlatnosci>
   <RachunekBankowy><NrRB>{account}</NrRB></RachunekBankowy>{factor}</Platnosc>
  <WarunkiTransakcji><Zamowienia><NrZamowienia>Z-9</NrZamowienia></Zamowienia></WarunkiTransakcji></Fa></Faktura>"""

ACCOUNT = "61 1090 1014 0000 0712 1981 2874"
IBAN = "PL61109010140000071219812874"


def faktura(**changed):
    usual = {"namespace": FA_3, "net": "100.00", "tax": "23.00", "total": "130.00", "kind": "VAT"}
    return FAKTURA.format(**usual | {"settled": "", "factor": "", "account": ACCOUNT} | changed)


@pytest.mark.parametrize("namespace", [FA_2, FA_3], ids=["FA(2)", "FA(3)"])
def test_every_field_is_found(find_fields, namespace):
    fields = find_fields(faktura(namespace=namespace))
    assert all(field.verified for field in fields.values())
    assert {name: field.value for name, field in fields.items()} == {
        "document_type": "invoice",
        "invoice_number": "FV/7/2026",
        "issue_date": date(2026, 2, 14),
        "due_date": date(2026, 3, 16),
        "currency": "PLN",
        "seller_name": "Młyn Wodny Sp. z o.o.",
        "seller_vat_id": "PL5261040828",
        "buyer_name": "Piekarnia Róg",
        "order_number": "Z-9",
        "iban": IBAN,
        "net_total": Decimal("107.00"),
        "tax_total": Decimal("23.00"),
        "total": Decimal("130.00"),
        "tax_inclusive_total": Decimal("130.00"),
    }


@pytest.mark.parametrize(
    ("total", "kind"), [("-130.00", "credit_note"), ("130.00", "invoice")], ids=["less than before", "more than before"]
)
def test_the_sign_of_a_correction_tells_what_it_is_and_stays(find_values, total, kind):
    values = find_values(faktura(kind="KOR", total=total))
    assert (Decimal(total), kind) == (values["total"], values["document_type"])


def test_an_account_with_its_country_stays_as_it_is(find_values):
    assert find_values(faktura(account=IBAN))["iban"] == IBAN


def test_an_account_of_another_kind_is_no_iban(find_values):
    assert "iban" not in find_values(faktura(account="1234567890"))


def test_a_factor_is_paid_and_not_the_seller(find_values):
    factor = "<RachunekBankowyFaktora><NrRB>PL27114020040000300201355387</NrRB></RachunekBankowyFaktora>"
    assert find_values(faktura(factor=factor))["iban"] == "PL27114020040000300201355387"


@pytest.mark.parametrize(("due", "closes"), [("125.00", True), ("120.00", False)])
def test_charges_and_deductions_lead_to_the_amount_due(find_fields, due, closes):
    settled = f"""<Rozliczenie><SumaObciazen>5.00</SumaObciazen><SumaOdliczen>10.00</SumaOdliczen>
     <DoZaplaty>{due}</DoZaplaty></Rozliczenie>"""
    field = find_fields(faktura(settled=settled))["amount_due"]
    assert (Decimal(due), closes) == (field.value, field.verified)
