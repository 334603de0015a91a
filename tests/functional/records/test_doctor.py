import json


def verdicts(done):
    return {line["name"]: line for line in map(json.loads, done.out.splitlines())}


def test_a_sound_installation_is_green_and_a_missing_model_only_a_warning(filled):
    done = filled.run("doctor", "--json")
    checks = verdicts(done)
    assert done.code == 0
    assert checks["database"]["verdict"] == "ok"
    assert checks["Tesseract"]["verdict"] == "ok"
    assert checks["language deu"]["verdict"] == "ok"
    assert checks["second opinion"]["verdict"] == "ok"
    assert checks["second opinion"]["detail"].startswith("rapidocr ")
    assert checks["model"]["verdict"] == "warning"
    assert "model fetch" in checks["model"]["remedy"]


def test_a_missing_language_is_red_with_its_package(office):
    done = office.run("doctor", "--json", INVOICEWATCH_OCR__LANGUAGES="eng,xyz")
    assert done.code == 3
    assert "apt install tesseract-ocr-xyz" in verdicts(done)["language xyz"]["remedy"]


def test_a_second_opinion_that_nobody_knows_is_red_with_the_names_there_are(office):
    done = office.run("doctor", "--json", INVOICEWATCH_OCR__SECOND_OPINION="rapidor")
    check = verdicts(done)["second opinion"]
    assert (done.code, check["verdict"]) == (2, "broken")
    assert "rapidocr" in check["remedy"]


def test_a_second_opinion_that_is_not_wanted_is_not_missed(office):
    done = office.run("doctor", "--json", INVOICEWATCH_OCR__SECOND_OPINION="none")
    assert verdicts(done)["second opinion"]["detail"].startswith("not used")


def test_a_damaged_database_is_red(filled):
    file = filled.state / "invoicewatch.db"
    content = bytearray(file.read_bytes())
    content[4096 : 8 * 4096] = b"\xa5" * (7 * 4096)
    file.write_bytes(content)
    done = filled.run("doctor", "--json")
    assert done.code == 4
    assert verdicts(done)["database"]["verdict"] == "broken"


def test_a_damaged_model_is_red(office):
    (office.folder / "none.gguf").write_bytes(b"GGUF but not really")
    done = office.run("doctor", "--json")
    assert done.code == 3
    assert verdicts(done)["model"]["verdict"] == "broken"


def test_for_people_each_check_is_a_line_with_its_remedy_below(office):
    out = office.run("doctor", INVOICEWATCH_OCR__LANGUAGES="xyz").out
    assert "✓ inbox: " in out
    assert "✗ language xyz: " in out
    assert "apt install tesseract-ocr-xyz" in out


def test_who_is_taken_for_the_office_is_said(office):
    assert "not yet learned" in verdicts(office.run("doctor", "--json"))["office"]["detail"]
    for number in range(10):
        office.save(f"{number}.pdf", "text", {"seller_name": f"Shop {number}", "buyer_name": "Studio Nord GmbH"})
    check = verdicts(office.run("doctor", "--json"))["office"]
    assert "Studio Nord GmbH, the buyer on 10 of the latest 10 documents that name one" == check["detail"]
    assert "Taken for yourself: Studio Nord GmbH" in office.run("memory").out
    named = office.run("doctor", "--json", INVOICEWATCH_OFFICE__NAMES="Atelier Sud")
    assert "Atelier Sud, by the settings" == verdicts(named)["office"]["detail"]
