from invoicewatch.records import Alarm, AlarmCode, Status

ACCOUNT, OTHER, THIRD = "DE89370400440532013000", "DE75512108001245126199", "FR1420041010050500013M02606"
VAT_ID, OTHER_VAT_ID = "DE136695976", "DE811907980"


def test_an_account_that_a_known_seller_has_not_used_is_an_alarm_with_its_evidence(books):
    (number,) = books.add_many(1)
    kept, _ = books.add(iban=OTHER)
    words = f"the account {OTHER} is new for this seller: until now {ACCOUNT} (#{number})"
    assert kept.alarms == (Alarm(AlarmCode.NEW_ACCOUNT, words, "iban", number),)
    assert kept.status is Status.NEEDS_REVIEW
    assert kept.reasons == (words,)


def test_the_first_documents_of_a_seller_and_one_without_an_account_raise_nothing(books):
    assert books.codes() == []
    assert books.codes(iban=None) == []
    assert books.codes(seller_name="Gasthaus Sonnblick", iban=OTHER, seller_vat_id=OTHER_VAT_ID) == []


def test_an_account_is_not_known_before_a_document_with_it_was_accepted(books):
    books.add_many(1)
    _, number = books.add(iban=OTHER)
    assert books.codes(iban=OTHER) == ["new_account"]
    books.accept(number)
    assert books.codes(iban=OTHER) == []


def test_a_person_s_value_counts_before_the_machine_s(books):
    _, number = books.add(iban=OTHER)
    books.accept(number, iban=ACCOUNT)
    assert books.codes(iban=ACCOUNT) == []
    assert books.codes(iban=OTHER) == ["new_account"]


def test_one_of_several_accounts_that_a_seller_uses_is_nothing_new(books):
    books.add_many(2)
    _, number = books.add(iban=OTHER)
    books.accept(number)
    assert books.codes(iban=ACCOUNT) == []
    assert books.codes(iban=OTHER) == []


def test_an_account_that_stood_on_an_earlier_page_is_known(books):
    books.add(text=f"Sparkasse {ACCOUNT} Volksbank DE75 5121 0800 1245 1261 99")
    assert books.codes(iban=OTHER) == []


def test_a_seller_with_another_account_on_every_document_has_no_usual_one(books):
    for account in (ACCOUNT, OTHER, THIRD):
        books.accept(books.add(iban=account)[1])
    assert books.codes(iban="AT611904300234573201") == []


def test_a_misread_account_fails_its_check_digits_and_is_no_new_one(books):
    books.add_many(2)
    assert books.codes(iban=ACCOUNT.replace("8937", "8931")) == []


def test_a_misread_name_and_a_legal_form_left_out_are_the_same_seller(books):
    books.add_many(1)
    assert books.codes(seller_name="Eichenh0f Burobedarf", iban=OTHER) == ["new_account"]


def test_another_legal_form_is_another_seller(books):
    books.add_many(1)
    assert books.codes(seller_name="Eichenhof Bürobedarf GmbH", iban=OTHER, seller_vat_id=OTHER_VAT_ID) == []


def test_the_vat_id_tells_a_seller_whose_name_was_misread(books):
    books.add(verified=True)
    assert books.codes(seller_name="Fichenhaf Bueromarkt", iban=OTHER) == ["new_account"]


def test_another_vat_id_of_a_known_name_is_an_alarm_that_names_both(books):
    (number,) = books.add_many(1)
    kept, _ = books.add(seller_vat_id=OTHER_VAT_ID)
    words = f"the VAT id {OTHER_VAT_ID} is new for this name: until now {VAT_ID} (#{number})"
    assert kept.alarms == (Alarm(AlarmCode.OTHER_VAT_ID, words, "seller_vat_id", number),)


def test_the_same_vat_id_written_otherwise_or_misread_is_none(books):
    books.add_many(1)
    assert books.codes(seller_vat_id="DE 136 695 976") == []
    assert books.codes(seller_vat_id="136695976") == []
    assert books.codes(seller_vat_id="DE136695975") == []
