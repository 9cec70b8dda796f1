"""Which data the pages of a file are recognised with, decided from what was recognised so far."""

from indexer.readings import Block, Page, Recognition
from indexer.telling import LOOKED, Telling

THERE = ("ara", "chi_sim", "chi_tra", "eng", "fra", "osd")
ENGLISH = (
    "The city pays the carters by the weight of what they bring to the composting yard, and every "
    "street has two bins, one for kitchen waste and one for all the rest that people throw out. "
    "In the second year the price of compost fell, because nobody had asked the farmers."
)
FRENCH = (
    "La ville paie les charretiers au poids de ce qu'ils apportent, et chaque rue dispose de deux "
    "bacs, l'un pour les déchets de cuisine et l'autre pour tout le reste de ce que l'on jette. "
    "La deuxième année, le prix du compost a baissé, car personne n'avait interrogé les paysans."
)
CHINESE = (
    "這座城市按照運到堆肥場的重量付給車夫工錢,每條街都有兩個垃圾桶,一個放廚餘,另一個放其他垃圾。"
    * 3
)


def _found(number: int, text: str, data: str) -> Recognition:
    return Recognition(Page(number, (Block(text),), recognised=True), data)


def _nothing(number: int, reason: str = "empty-text") -> Recognition:
    return Recognition(Page(number, reason=reason, recognised=True))


def test_the_language_of_the_rest_of_the_file_tells() -> None:
    telling = Telling("fr", (2, 5, 9), THERE)
    assert telling.ready() == ((2, ("fra",)), (5, ("fra",)), (9, ("fra",)))


def test_the_first_page_is_looked_at_alone_where_nothing_is_known() -> None:
    telling = Telling("", (1, 2, 3), THERE)
    assert telling.ready() == ((1, ()),)
    english = _found(1, ENGLISH, "eng")
    assert telling.done(english) == (english.page,)
    assert telling.ready() == ((2, ("eng",)), (3, ("eng",)))


def test_pages_before_the_one_that_tells_are_recognised_again() -> None:
    telling = Telling("", (1, 2, 3), THERE)
    telling.ready()
    assert telling.done(_found(1, "RAPPORT", "eng")) == ()
    assert telling.ready() == ((2, ()),)
    assert telling.done(_found(2, FRENCH, "eng")) == ()
    assert telling.ready() == ((1, ("fra",)), (2, ("fra",)), (3, ("fra",)))
    again = _found(2, FRENCH, "fra")
    assert telling.done(again) == (again.page,)


def test_a_page_in_another_language_is_recognised_once_again() -> None:
    telling = Telling("fr", (1, 2), THERE)
    telling.ready()
    assert telling.done(_found(1, ENGLISH, "fra")) == ()
    assert telling.ready() == ((1, ("eng",)),)
    stubborn = _found(1, ENGLISH, "fra")
    assert telling.done(stubborn) == (stubborn.page,)


def test_how_chinese_is_written_is_told_by_the_page_that_tells() -> None:
    telling = Telling("zh", (1, 2), THERE)
    assert telling.ready() == ((1, ("chi_sim", "chi_tra")),)
    first = _found(1, CHINESE, "chi_tra")
    assert telling.done(first) == (first.page,)
    assert telling.ready() == ((2, ("chi_tra",)),)


def test_pages_that_do_not_tell_are_kept_as_they_are_in_the_end() -> None:
    pages = tuple(range(1, LOOKED + 3))
    telling = Telling("", pages, THERE)
    looked = [_nothing(number) for number in pages[:LOOKED]]
    done: list[Page] = []
    for each in looked:
        assert telling.ready() == ((each.page.number, ()),)
        done.extend(telling.done(each))
    assert done == [each.page for each in looked]
    assert telling.ready() == tuple((number, ()) for number in pages[LOOKED:])


def test_a_page_that_ended_its_child_is_not_tried_again_for_its_language() -> None:
    telling = Telling("", (1, 2), THERE)
    telling.ready()
    crashed, french = _nothing(1, "crash"), _found(2, FRENCH, "fra")
    assert telling.done(crashed) == ()
    telling.ready()
    assert telling.done(french) == (crashed.page, french.page)


def test_a_file_whose_pages_fail_again_and_again_is_left_for_the_next_time() -> None:
    telling = Telling("", (1, 2, 3, 4, 5), THERE)
    failed = [_nothing(1, "timeout"), _nothing(2, "crash")]
    for each in failed:
        assert not telling.is_given_up
        assert telling.ready() == ((each.page.number, ()),)
        done = telling.done(each)
    assert done == (failed[0].page, failed[1].page)
    assert telling.is_given_up
    assert telling.ready() == ()
