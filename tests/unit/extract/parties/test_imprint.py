"""A seller that no head names is named by its imprint, and never by whom the letter is addressed to."""

import pytest

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.parties.extractor import PartyExtractor

ADDRESSED = """
Date de facture : 02/02/2024
N° de facture : 4410
Fin d'engagement : Date échue


                                                  {person}
                                                  8 RUE DES TILLEULS
                                                  69003 LYON

Montant prélevé le 16 février 2024                                 24,99
Vos services {brand}                                               24,99
TVA 20,00 %                                                         4,16
"""
TERMS = """
En cas de résiliation anticipée, le montant restant dû sera de 25 %.
Après la souscription, aucun frais ne sera facturé au client.
{imprint}
"""


@pytest.fixture
def find(draw, context):
    def find(*pages):
        readings = [draw(picture, page=number) for number, picture in enumerate(pages, 1)]
        return PartyExtractor(ExtractSettings()).find(context(*readings))

    return find


@pytest.mark.parametrize(
    ("imprint", "name"),
    [
        ("LUMEN MOBILE - Société Anonyme au capital de 4 000 000 € - 12 rue Verte 75015 PARIS", "LUMEN MOBILE"),
        ("Fibra Net, SAS au capital de 50 000 €, RCS Paris 123 456 789", "Fibra Net"),
        ("Nordfunk Telefon GmbH, Amtsgericht Kiel, HRB 4711", "Nordfunk Telefon GmbH"),
        ("Harbour Telecom Ltd - Registered office: 5 Quay Street, Bristol BS1 4QA", "Harbour Telecom Ltd"),
        ("Onda Mobile S.p.A. - Sede legale via Roma 3, 20121 Milano", "Onda Mobile S.p.A."),
    ],
)
def test_the_imprint_on_the_last_page_names_the_seller(find, imprint, name):
    found = find(ADDRESSED.format(person="M. MARTIN LUC", brand="mobiles"), TERMS.format(imprint=imprint))
    assert name == found["seller_name"].value
    assert not found["seller_name"].verified
    assert "M. MARTIN LUC" == found["buyer_name"].value


def test_an_imprint_within_the_text_counts_only_where_the_name_stands_elsewhere_too(find):
    imprint = "Alpha Secours, SA au capital de 900 000 €\n" + "Le contrat est garanti par cet assureur.\n" * 4
    first = ADDRESSED.format(person="M. MARTIN LUC", brand="mobiles")
    assert "Alpha Secours" != find(first, TERMS.format(imprint=imprint))["seller_name"].value
    named = ADDRESSED.format(person="M. MARTIN LUC", brand="Alpha Secours")
    assert "Alpha Secours" == find(named, TERMS.format(imprint=imprint))["seller_name"].value


def test_a_likely_name_at_the_head_is_not_replaced(find):
    head = "Tischlerei Ahrens GmbH\nAm Hafen 9\n23552 Lübeck\nwww.tischlerei-ahrens.de\n\nRechnung 12\nGesamt 60,00"
    imprint = "Assurance Decia, SA au capital de 900 000 €"
    assert "Tischlerei Ahrens GmbH" == find(head, TERMS.format(imprint=imprint))["seller_name"].value


@pytest.mark.parametrize("person", ["M. MARTIN LUC", "Mme Claire Vidal", "Herr Jonas Falk", "Mr John Ambler"])
def test_who_is_addressed_is_not_the_seller(find, person):
    found = find(ADDRESSED.format(person=person, brand="mobiles"))
    assert person != found["seller_name"].value
    assert person == found["buyer_name"].value


def test_a_shop_that_is_called_so_is_the_seller_of_what_its_till_prints(find):
    till = "Mr Sandwich\n8 Mill Lane\nLeeds LS8 2JJ\n03/05/2024 12:31\nLunch 7.50\nTOTAL 7.50\nCASH 10.00\nCHANGE 2.50"
    assert "Mr Sandwich" == find(till)["seller_name"].value
