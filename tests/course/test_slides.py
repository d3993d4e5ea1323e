"""The slide ledger: every number is recomputed, and every wrong one is noticed."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest

from course_lib import slides
from course_lib.slides import Fact, LedgerError, Status, networks
from course_lib.slides._fact import CHECKABLE
from course_lib.slides._network import select
from course_lib.slides._page import page
from course_lib.slides._polynomial import Polynomial, symbols
from course_lib.slides._printed import agrees, parse_items, parse_number
from course_lib.slides.computations import compute, registered

ALL = slides.facts()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "course_lib.slides", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


# Every fact


@pytest.mark.parametrize("deck", [deck.name for deck in slides.decks()])
def test_every_fact_of_a_deck_holds_what_its_status_says(deck: str) -> None:
    problems = [problem for fact in slides.facts(deck=deck) for problem in fact.problems()]
    assert problems == []


def test_the_ledger_is_complete() -> None:
    assert len(ALL) == len({fact.id for fact in ALL}) == 1217
    assert [fact.id for fact in sorted(ALL, key=lambda f: f.id)] == [
        f"F{number:04d}" for number in range(1, 1218)
    ]
    counts = Counter(fact.status for fact in ALL)
    assert sum(counts[status] for status in CHECKABLE) == 928
    assert all(fact.place and fact.statement and fact.topic for fact in ALL)


def test_few_facts_are_open_and_each_says_why() -> None:
    open_facts = [fact for fact in ALL if fact.open]
    assert len(open_facts) == 12
    assert all(fact.reason for fact in open_facts)
    assert {fact.status for fact in open_facts} == {Status.AMBIGUOUS, Status.ERRATUM}
    assert not any(fact.reason for fact in ALL if fact.computable)


def test_every_derivation_ends_in_the_computed_value() -> None:
    for fact in ALL:
        if fact.computable:
            assert fact.derivation.endswith(fact.right()), fact.id


def test_computed_values_are_plain_numbers_text_tuples_or_formulas() -> None:
    def plain(value: object) -> bool:
        if isinstance(value, tuple):
            return all(map(plain, value))
        return isinstance(value, int | float | str | Polynomial)

    assert [f.id for f in ALL if f.computable and not plain(f.computed())] == []


# A tampered ledger is caught


def tampered(fact_id: str, **changes: object) -> Fact:
    return dataclasses.replace(slides.fact(fact_id), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fact_id", "printed"),
    [
        ("F0053", "785"),
        ("F0112", "72855553"),
        ("F0025", "20 x 28 x 27"),
        ("F0141", "24C²HW"),
        ("F0122", "less than half"),
        ("F0136", "halves"),
        ("F0317", "11"),
        ("F0388", "N x D"),
        ("F0224", "1.9"),
        ("F0665", "3.3"),
        ("F1147", "[0, 1, 0, 0]"),
        ("F1145", "hell -> hell"),
        ("F1152", "0.12"),
    ],
)
def test_a_changed_printed_value_is_caught(fact_id: str, printed: str) -> None:
    changed = tampered(fact_id, printed=printed)
    try:
        problems = changed.problems()
    except ValueError:  # not readable as what the rule needs is caught as well
        return
    assert any(fact_id in problem for problem in problems)


def test_changing_any_printed_number_of_a_match_is_caught() -> None:
    unnoticed = []
    for fact in ALL:
        if fact.status is not Status.MATCH or fact.rule not in ("", "rounded", "exact"):
            continue
        if isinstance(fact.computed(), int | float):
            digits = fact.printed.rstrip("…%")
            last = str((int(digits[-1]) + 5) % 10)
            if not dataclasses.replace(fact, printed=digits[:-1] + last).problems():
                unnoticed.append(fact.id)
    assert unnoticed == []


def test_an_erratum_whose_slide_is_right_is_caught() -> None:
    changed = tampered("F0119", printed="37.752.832", reproduction="")
    assert any("agree" in problem for problem in changed.problems())


def test_a_cause_that_does_not_reproduce_the_mistake_is_caught() -> None:
    changed = tampered("F0573", reproduction="memory(vgg_e, kinds=conv)")
    assert any("does not reproduce" in problem for problem in changed.problems())


def test_a_fact_cannot_lose_its_computation_or_convention() -> None:
    assert tampered("F0053", computation="").problems()
    assert tampered("F0097", convention="").problems()
    assert tampered("F0127", computation="parameters(vgg_d)").problems()
    assert tampered("F0119", erratum="").problems()


# Printed texts


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("73", "73"),
        ("37.725.832", "37725832"),
        ("1,000,000", "1000000"),
        ("3.2", "3.2"),
        ("10^7", "10000000"),
        ("1/2", "0.5"),
        ("0.99+0.01", "1.00"),
        ("22…", "22"),
        ("~600", "600"),
        ("16.4%", "16.4"),
    ],
)
def test_printed_numbers_are_read(text: str, number: str) -> None:
    assert str(parse_number(text)) == number


@pytest.mark.parametrize("text", ["", "most", "28 x 28", "1.2.3"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must look like"):
        parse_number(text)


def test_printed_shapes_are_read() -> None:
    assert parse_items("(None, 256, 256, 512)") == ("None", "256", "256", "512")
    assert parse_items("28x28x192 28x28x96") == ("28", "28", "192", "28", "28", "96")
    assert parse_items("1 x C x 1 x 1") == ("1", "C", "1", "1")
    assert parse_items("[3, -1]") == ("3", "-1")
    assert parse_items("16-19") == ("16", "19")


@pytest.mark.parametrize(
    ("printed", "computed", "rule", "expected"),
    [
        ("3.8", Fraction(3858, 1000), "", False),
        ("3.8", Fraction(3858, 1000), "truncated", True),
        ("800", Fraction(802816, 1000), "", False),
        ("800", Fraction(802816, 1000), "significant:1", True),
        ("900", Fraction(802816, 1000), "significant:1", False),
        ("22…", 223.9, "leading", True),
        ("23…", 223.9, "leading", False),
        ("14…", 149.52, "leading", False),
        ("14…", 149.52, "leading_truncated", True),
        ("100", 102, "within:0.01", False),
        ("100", 101, "within:0.01", True),
        ("150+", 152, "at_least", True),
        ("150+", 149, "at_least", False),
        ("732-1300", 1200, "range", True),
        ("732-1300", 1301, "range", False),
        ("equal", 0.02, "below:0.05", True),
        ("equal", 0.06, "below:0.05", False),
        ("most", Fraction(1, 2), "claim", False),
        ("nearly all", Fraction(19, 20), "claim", True),
        ("equal", (3, 3, 4), "claim", False),
        ("halves", (224, 111), "claim", False),
        ("0.5", Fraction(1, 2), "", True),
        ("27", Fraction(55, 2), "", False),
        ("28", Fraction(55, 2), "", True),
    ],
)
def test_rules(printed: str, computed: object, rule: str, expected: bool) -> None:
    assert agrees(printed, computed, rule) is expected


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="A rule must be one"):
        agrees("3", 3, "roughly")


def test_formulas_are_read_and_multiplied() -> None:
    C, H, W = symbols("C H W")
    assert Polynomial.parse("25C²HW") == 25 * C * C * H * W
    assert Polynomial.parse("3x3xc^2") == Polynomial.parse("9c²")
    assert Polynomial.parse("cd+9d²+dc") == Polynomial.parse("2cd + 9d^2")
    assert Polynomial.parse("|D|+1") - 1 == Polynomial.parse("D")
    assert str(Polynomial.parse("1-p")) == "−p + 1"
    assert (C + H) * (C - H) == C * C - H * H
    with pytest.raises(ValueError, match="printed formula"):
        Polynomial.parse("?")


# Numbers that others have published, independent of the ledger


@pytest.mark.parametrize(
    ("network", "parameters", "macs"),
    [
        ("lenet28", 1_256_080, 6_522_000),
        ("lenet32", 61_706, 416_520),
        ("lenet32_sparse", 60_806, 326_520),
        ("alexnet64", 61_100_840, 716_767_232),
        ("alexnet96", 62_378_344, 1_135_256_096),
        ("alexnet96_grouped", 60_965_224, 724_406_816),
        ("vgg_a", 132_863_336, 7_609_090_048),
        ("vgg_b", 133_047_848, 11_308_466_176),
        ("vgg_c", 133_638_952, 11_770_888_192),
        ("vgg_d", 138_357_544, 15_470_264_320),
        ("vgg_e", 143_667_240, 19_632_062_464),
        ("googlenet", 6_998_552, 1_582_671_872),
        ("resnet18", 11_689_512, 1_814_073_344),
        ("resnet34", 21_797_672, 3_663_761_408),
        ("resnet50", 25_557_032, 3_857_973_248),
        ("resnet50_v1_5", 25_557_032, 4_089_184_256),
        ("resnet101", 44_549_160, 7_570_194_432),
        ("resnet152", 60_192_808, 11_282_415_616),
        ("resnext50", 25_028_904, 4_230_479_872),
        ("resnext101", 44_177_704, 7_969_996_800),
        ("cifar_resnet20", 269_722, 40_551_040),
        ("cifar_resnet1202", 19_421_274, 2_829_238_912),
        ("mobilenet_1_224_1000", 4_231_976, 568_740_352),
        ("mobilenet_0.5_224_1000", 1_331_592, 149_497_088),
        ("inception_naive", 1_089_952, 854_196_224),
        ("inception_bottleneck", 346_720, 271_351_808),
    ],
)
def test_networks_have_their_known_costs(network: str, parameters: int, macs: int) -> None:
    found = networks.get(network)
    everything = select("all")
    assert found.total(lambda row: row.parameters(), everything).value == parameters
    assert found.total(lambda row: row.macs(), everything).value == macs


def test_every_network_can_be_traced() -> None:
    for name in networks.names():
        found = networks.get(name)
        assert found.rows[-1].output
        assert found.weight_layers().value >= 1


def test_every_computation_is_used_by_a_fact() -> None:
    calls = (
        call
        for fact in ALL
        for call in (fact.computation, fact.reproduction, *(call for _, call in fact.also))
    )
    assert {call.partition("(")[0] for call in calls if call} == set(registered())


def test_the_notation_of_computations_executes_nothing() -> None:
    for cell in ("__import__(os)", "parameters(vgg_d) + 1", "print(1)", "parameters"):
        with pytest.raises(ValueError, match="registered name"):
            compute(cell)


# The public door


def test_a_fact_tells_where_it_stands_and_how_it_is_computed() -> None:
    fact = slides.fact("F0119")
    assert fact.citation == "Lecture 7, AlexNet"
    assert fact.exact() == 37_752_832
    assert fact.derivation == "9,216·4,096 + 4,096 = 37,752,832"
    assert not fact.agrees()
    memory = slides.fact("F0053")
    assert (memory.exact(), memory.computed(), memory.unit) == (802_816, 784, "KB")
    assert slides.fact("F0055").computed() == pytest.approx(72.855552)
    assert str(slides.fact("F0141").computed()) == "25C²HW"
    assert slides.fact("F0299").computed()[0] == (3, -1, -3, -1)


def test_facts_are_found_by_topic_status_and_deck() -> None:
    found = slides.facts(topic="VGG", status="erratum", deck="lecture_9")
    assert {fact.id for fact in found} == {"F0707", "F0709"}
    assert slides.facts(deck="Lecture 9") == slides.facts(deck="lecture_9")


@pytest.mark.parametrize(
    "query",
    [{"deck": "lecture_10"}, {"status": "perhaps"}, {"topic": "transformers"}],
)
def test_what_the_ledger_does_not_have_is_refused_with_the_choices(query: dict[str, str]) -> None:
    with pytest.raises(LedgerError, match=r"must be one of.*Received"):
        slides.facts(**query)


def test_a_citation_cannot_be_computed() -> None:
    assert slides.fact("F0134").printed == "16.4 -> 11.7"
    with pytest.raises(LedgerError, match="F0134 has none"):
        slides.fact("F0134").computed()
    with pytest.raises(LedgerError, match="F0001 to F1217"):
        slides.fact("F9999")


def test_every_erratum_has_facts_a_cause_and_a_right_value() -> None:
    errata = slides.errata()
    assert [mistake.id for mistake in errata] == [f"E{number:02d}" for number in range(1, 40)]
    for mistake in errata:
        assert mistake.facts, mistake.id
        assert len(mistake.cause) > 40, mistake.id
        for fact in mistake.facts:
            assert fact.status is Status.ERRATUM
            assert fact.printed, fact.id
            assert fact.right() not in ("", fact.printed), fact.id


def test_importing_the_ledger_loads_no_framework() -> None:
    code = (
        "import json, sys; from course_lib import slides; slides.fact('F0053').computed();"
        "print(json.dumps(sorted({'keras', 'tensorflow', 'matplotlib'} & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


# The command line


def test_the_summary_counts_every_deck_and_succeeds() -> None:
    done = run()
    assert done.returncode == 0, done.stderr
    for deck in slides.decks():
        row = next(line for line in done.stdout.splitlines() if line.startswith(deck.title))
        assert int(row.split()[-8].replace(",", "")) == len(slides.facts(deck=deck.name))
    assert "Every computed fact agrees with its status." in done.stdout


def test_the_summary_reports_a_contradiction(monkeypatch, capsys) -> None:
    from course_lib.slides import __main__ as command

    monkeypatch.setattr(command, "verify", lambda: tampered("F0053", printed="785").problems())
    assert command.main([]) == 1
    assert "F0053 is MATCH, but printed '785' and computed 784 differ" in capsys.readouterr().out


def test_one_fact_is_shown_with_its_derivation() -> None:
    done = run("--fact", "f0119")
    assert done.returncode == 0, done.stderr
    assert "9,216·4,096 + 4,096 = 37,752,832" in done.stdout
    assert "37.725.832" in done.stdout
    assert "E01" in done.stdout


def test_errata_are_listed_with_right_value_and_cause() -> None:
    listed = run("--errata").stdout
    one = run("--fact", "E27").stdout
    assert one.strip() in listed
    assert "printed 358 M ops; right 271.352 M ops" in one
    assert "counted twice" in one
    assert listed.count("printed ") >= 70


def test_an_unknown_fact_is_one_line_and_no_traceback() -> None:
    done = run("--fact", "F4242")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Received: 'F4242'" in done.stderr


class _Page(HTMLParser):
    """Collects what a page loads, its anchors and its ids, and checks that tags are balanced."""

    VOID = frozenset({"meta", "input", "br", "link", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.anchors: list[str] = []
        self.ids: list[str] = []
        self.stack: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.stack.append(tag)
        for name, value in attrs:
            if name in ("src", "srcset") or tag == "link":
                self.loads.append(value or "")
            elif name == "href":
                self.anchors.append(value or "")
            elif name == "id":
                self.ids.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag


def test_the_page_stands_alone(tmp_path: Path) -> None:
    target = tmp_path / "slides.html"
    assert run("--html", str(target)).returncode == 0
    text = target.read_text(encoding="utf-8")
    parsed = _Page()
    parsed.feed(text)
    assert parsed.stack == []
    assert parsed.loads == []
    assert "url(" not in text
    assert "@import" not in text
    assert {anchor[:1] for anchor in parsed.anchors} == {"#"}
    assert {anchor[1:] for anchor in parsed.anchors} <= set(parsed.ids)
    assert len(parsed.ids) == len(set(parsed.ids))
    assert {fact.id for fact in ALL} <= set(parsed.ids)
    assert {mistake.id for mistake in slides.errata()} <= set(parsed.ids)
    assert "37,752,832" in text
    assert text == page(), "the page must be the same each time"


def test_an_unwritable_page_is_reported(tmp_path: Path) -> None:
    done = run("--html", str(tmp_path / "missing" / "slides.html"))
    assert done.returncode == 2
    assert "cannot write" in done.stderr
    assert "Traceback" not in done.stderr
