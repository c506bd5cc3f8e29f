"""Whatever is wrong with a file, one error names the file, the key and the problem."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.catalogue import read_catalogue
from bot.domain.errors import CatalogueError
from tests.catalogue.builders import RELATION, replace, write_catalogue

# What is changed in alpha.toml, the key that is named, words of the problem.
BROKEN_THEORIES = {
    "a missing key": ('claim = "Something holds."\n', "", "claim", "is required"),
    "a misspelt key": ("aliases =", "aliasses =", "aliasses", "did you mean 'aliases'?"),
    "a misspelt key that is required": ("claim =", "clam =", "clam", "did you mean 'claim'?"),
    "an unknown key deep inside": (
        'label = "arXiv"',
        'label = "arXiv", gratis = true',
        "papers[0].links[0].gratis",
        "is not a known key",
    ),
    "a number where text belongs": (
        'name = "Theory of alpha"',
        "name = 7",
        "name",
        "must be text in quotes",
    ),
    "a bare date": (
        'first_public = "2018-05-17"',
        "first_public = 2018-05-17",
        "papers[0].first_public",
        "must be text in quotes",
    ),
    "text where a number belongs": ("order = 1", 'order = "1"', "order", "a whole number"),
    "text where yes or no belongs": (
        "free = true",
        'free = "yes"',
        "papers[0].links[0].free",
        "must be true or false",
    ),
    "one value where a list belongs": (
        'aliases = ["alpha"]',
        'aliases = "alpha"',
        "aliases",
        "must be a list in square brackets",
    ),
    "single brackets": ("[[relations]]", "[relations]", "relations", "write [[relations]]"),
    "a value where a table belongs": (
        '[difficulty]\nlevel = 2\nreason = "It is short."',
        "difficulty = 2",
        "difficulty",
        "must be a table of keys and values",
    ),
    "an empty text": ('title = "On alpha"', 'title = " "', "papers[0].title", "must not be empty"),
    "a claim that is too long": (
        '"Something holds."',
        f'"{"x" * 281}"',
        "claim",
        "has 281 characters; at most 280",
    ),
    "an idea that is too long": (
        '"two"',
        f'"{"x" * 221}"',
        "key_ideas[1]",
        "has 221 characters; at most 220",
    ),
    "a button's name that is too long": (
        'short_name = "alpha"',
        f'short_name = "{"x" * 33}"',
        "short_name",
        "at most 32",
    ),
    "too few ideas": (', "four", "five"', "", "key_ideas", "needs 5 or more entries and has 3"),
    "too many prompts": ('"Why?"', '"Why?", "Who?"', "prompts", "4 entries at most and has 5"),
    "a character that cannot be shown": (
        '"Something holds."',
        '"Some\\u0000thing"',
        "claim",
        "cannot be shown",
    ),
    "a level off the scale": ("level = 2", "level = 6", "difficulty.level", "must be at most 5"),
    "no hours at all": ("typical = 3", "typical = 0", "hours.typical", "greater than 0"),
    "endless hours": ("typical = 3", "typical = inf", "hours.typical", "finite number"),
    "hours that are no number": ("high = 4", "high = nan", "hours.high", "finite number"),
    "a low estimate above the typical": ("low = 2", "low = 5", "hours.low", "not be more"),
    "a high estimate below the typical": ("high = 4", "high = 1", "hours.high", "not be less"),
    "an unknown role": (
        'role = "primary"',
        'role = "main"',
        "papers[0].role",
        "it must be one of 'primary'",
    ),
    "an unknown type": ('type = "talk"', 'type = "song"', "papers[1].type", "one of 'article'"),
    "an unknown kind of relation": (
        'kind = "contrasts"',
        'kind = "hates"',
        "relations[0].kind",
        "one of 'extends'",
    ),
    "a slug in capitals": ('slug = "alpha"', 'slug = "Alpha"', "slug", "only small letters"),
    "a slug unlike the file's name": (
        'slug = "alpha"',
        'slug = "gamma"',
        "slug",
        "must be named 'gamma.toml'",
    ),
    "no primary paper": (
        'role = "primary"',
        'role = "followup"',
        "papers",
        "must contain a paper with role 'primary'",
    ),
    "a primary paper without authors": (
        'authors = ["Ada Lovelace"]\n',
        "",
        "papers[0].authors",
        "is required for a primary paper",
    ),
    "a primary paper without a link": (
        'links = [{ label = "arXiv", url = "https://arxiv.org/abs/1805.06576", free = true }]\n',
        "",
        "papers[0].links",
        "is required for a primary paper",
    ),
    "a primary paper without hours": (
        'arxiv = "1805.06576"\nhours = 3\n',
        "",
        "papers[0].hours",
        "is required for a primary paper",
    ),
    "a link that is no web address": (
        "https://arxiv.org",
        "ftp://arxiv.org",
        "papers[0].links[0].url",
        "not an http or https address",
    ),
    "a link with a broken host": (
        "https://arxiv.org/abs/1805.06576",
        "https://[::1",
        "papers[0].links[0].url",
        "not an http or https address",
    ),
    "an unknown prerequisite": (
        '["calculus"]',
        '["calculus", "topolgy"]',
        "prerequisites[1]",
        "which vocabulary.toml does not list; did you mean 'topology'?",
    ),
    "a prerequisite given twice": (
        '["calculus"]',
        '["calculus", "calculus"]',
        "prerequisites[1]",
        "a second time",
    ),
    "an alias given twice": (
        'aliases = ["alpha"]',
        'aliases = ["alpha", "ALPHA"]',
        "aliases[1]",
        "a second time",
    ),
    "an unknown topic": (
        'topic = "mechanisms"',
        'topic = "magic"',
        "topic",
        "which vocabulary.toml does not list",
    ),
    "a relation to nothing": (
        'to = "beta"',
        'to = "betta"',
        "relations[0].to",
        "no theory has this slug; did you mean 'beta'?",
    ),
    "a relation to itself": ('to = "beta"', 'to = "alpha"', "relations[0].to", "own theory"),
    "a section id given twice": (
        'id = "s2"',
        'id = "s1"',
        "papers[0].sections[1].id",
        "a second time",
    ),
    "a section id with a space": (
        'id = "s2"',
        'id = "s 2"',
        "papers[0].sections[1].id",
        "only letters and digits",
    ),
    "a paper id given twice": (
        'id = "alpha-talk"',
        'id = "alpha-paper"',
        "papers[1].id",
        "which alpha.toml has already",
    ),
    "a wrong arXiv number": (
        'arxiv = "1805.06576"',
        'arxiv = "1805.657"',
        "papers[0].arxiv",
        "is '1805.657', which is not an arXiv number",
    ),
    "a wrong DOI": (
        'arxiv = "1805.06576"',
        'doi = "https://doi.org/10.1109/5"',
        "papers[0].doi",
        "which is not a DOI",
    ),
    "a wrong ISBN": (
        'arxiv = "1805.06576"',
        'isbn = "978-13"',
        "papers[0].isbn",
        "not an ISBN of 10 or 13 digits",
    ),
    "a date in another form": (
        '"2018-05-17"',
        '"17 May 2018"',
        "papers[0].first_public",
        "write it as YYYY, YYYY-MM or YYYY-MM-DD",
    ),
    "a day that never was": (
        '"2018-05-17"',
        '"2018-02-30"',
        "papers[0].first_public",
        "not a date of the calendar",
    ),
    "a year of another age": (
        'first_public = "2018-05-17"',
        "year = 18",
        "papers[0].year",
        "must be at least 1900",
    ),
    "a doubt about no fact": (
        'arxiv = "1805.06576"',
        'unverified = ["dio"]',
        "papers[0].unverified[0]",
        "did you mean 'doi'?",
    ),
    "a doubt about a fact that is not given": (
        'arxiv = "1805.06576"',
        'unverified = ["doi"]',
        "papers[0].unverified[0]",
        "which this paper does not give",
    ),
}


def problem_of(data_dir: Path) -> CatalogueError:
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(data_dir)
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "key", "words"), BROKEN_THEORIES.values(), ids=BROKEN_THEORIES.keys()
)
def test_a_broken_theory_names_file_key_and_problem(
    tmp_path: Path, old: str, new: str, key: str, words: str
) -> None:
    data_dir = write_catalogue(tmp_path)
    replace(data_dir / "theories" / "alpha.toml", old, new)
    problem = problem_of(data_dir)
    assert (problem.file, problem.key) == ("alpha.toml", key)
    assert words in problem.problem


def _delete_the_other_end(data_dir: Path) -> None:
    (data_dir / "theories" / "beta.toml").unlink()


def _repeat_the_relation_backwards(data_dir: Path) -> None:
    with (data_dir / "theories" / "beta.toml").open("a", encoding="utf-8") as file:
        file.write(RELATION.format(to="alpha"))


def _share_an_order(data_dir: Path) -> None:
    replace(data_dir / "theories" / "beta.toml", "order = 2", "order = 1")


def _share_a_paper_id(data_dir: Path) -> None:
    replace(data_dir / "theories" / "beta.toml", "beta-talk", "alpha-talk")


def _copy_a_theory(data_dir: Path) -> None:
    text = (data_dir / "theories" / "alpha.toml").read_text(encoding="utf-8")
    (data_dir / "theories" / "copy.toml").write_text(text, encoding="utf-8")


def _break_the_syntax(data_dir: Path) -> None:
    replace(data_dir / "theories" / "beta.toml", "order = 2", "order 2")


def _nest_without_end(data_dir: Path) -> None:
    (data_dir / "theories" / "beta.toml").write_text("a = " + "[" * 20_000, encoding="utf-8")


def _write_an_enormous_number(data_dir: Path) -> None:
    replace(data_dir / "theories" / "beta.toml", "order = 2", "order = " + "9" * 5_000)


def _save_in_another_encoding(data_dir: Path) -> None:
    path = data_dir / "theories" / "beta.toml"
    path.write_bytes(b"# Marcian\xf2\n" + path.read_bytes())


def _put_a_folder_among_the_files(data_dir: Path) -> None:
    (data_dir / "theories" / "gamma.toml").mkdir()


def _leave_a_dangling_link(data_dir: Path) -> None:
    (data_dir / "theories" / "gamma.toml").symlink_to(data_dir / "nowhere.toml")


def _use_a_capital_suffix(data_dir: Path) -> None:
    beta = data_dir / "theories" / "beta.toml"
    beta.rename(beta.with_suffix(".TOML"))


def _empty_a_file(data_dir: Path) -> None:
    (data_dir / "theories" / "beta.toml").write_text("", encoding="utf-8")


def _empty_the_folder(data_dir: Path) -> None:
    for path in (data_dir / "theories").iterdir():
        path.unlink()


def _remove_the_folder(data_dir: Path) -> None:
    (data_dir / "theories").rename(data_dir / "elsewhere")


def _remove_the_vocabulary(data_dir: Path) -> None:
    (data_dir / "vocabulary.toml").unlink()


def _write_a_tag_with_a_space(data_dir: Path) -> None:
    replace(data_dir / "vocabulary.toml", "topology =", '"general topology" =')


def _give_a_tag_no_meaning(data_dir: Path) -> None:
    replace(data_dir / "vocabulary.toml", '"Shapes"', '""')


def _misspell_a_table_of_the_vocabulary(data_dir: Path) -> None:
    replace(data_dir / "vocabulary.toml", "[topics]", "[topic]")


def _repeat_a_neutral_section(data_dir: Path) -> None:
    replace(data_dir / "vocabulary.toml", 'id = "u2"', 'id = "u1"')


Breakage = Callable[[Path], None]

BROKEN_CATALOGUES: list[tuple[Breakage, str, str, str]] = [
    (_delete_the_other_end, "alpha.toml", "relations[0].to", "is 'beta', but no theory"),
    (_repeat_the_relation_backwards, "beta.toml", "relations[0].to", "relations[0] of alpha.toml"),
    (_share_an_order, "beta.toml", "order", "is 1, which alpha.toml has already"),
    (_share_a_paper_id, "beta.toml", "papers[1].id", "is 'alpha-talk', which alpha.toml has"),
    (_copy_a_theory, "copy.toml", "slug", "must be named 'alpha.toml'"),
    (_break_the_syntax, "beta.toml", "", "is not valid TOML: Expected '=' after a key"),
    (_nest_without_end, "beta.toml", "", "is nested too deeply"),
    (_write_an_enormous_number, "beta.toml", "", "a number with too many digits"),
    (_save_in_another_encoding, "beta.toml", "", "is not UTF-8 text (at line 1)"),
    (_put_a_folder_among_the_files, "gamma.toml", "", "is a folder and not a file"),
    (_leave_a_dangling_link, "gamma.toml", "", "is missing"),
    (_use_a_capital_suffix, "beta.TOML", "slug", "must be named 'beta.toml'"),
    (_empty_a_file, "beta.toml", "slug", "is required"),
    (_empty_the_folder, "theories", "", "contains no theory"),
    (_remove_the_folder, "theories", "", "is missing"),
    (_remove_the_vocabulary, "vocabulary.toml", "", "is missing"),
    (_write_a_tag_with_a_space, "vocabulary.toml", "prerequisites.general topology", "hyphens"),
    (_give_a_tag_no_meaning, "vocabulary.toml", "prerequisites.topology", "must not be empty"),
    (_misspell_a_table_of_the_vocabulary, "vocabulary.toml", "topic", "did you mean 'topics'?"),
    (_repeat_a_neutral_section, "vocabulary.toml", "neutral_sections[1].id", "a second time"),
]


@pytest.mark.parametrize(
    ("breakage", "file", "key", "words"),
    BROKEN_CATALOGUES,
    ids=[case[0].__name__.strip("_") for case in BROKEN_CATALOGUES],
)
def test_a_broken_catalogue_names_file_key_and_problem(
    tmp_path: Path, breakage: Breakage, file: str, key: str, words: str
) -> None:
    data_dir = write_catalogue(tmp_path)
    breakage(data_dir)
    problem = problem_of(data_dir)
    assert (problem.file, problem.key) == (file, key)
    assert words in problem.problem


def test_a_syntax_error_names_its_line(tmp_path: Path) -> None:
    data_dir = write_catalogue(tmp_path)
    replace(data_dir / "theories" / "beta.toml", "order = 2", "order 2")
    assert "(at line 3, column" in problem_of(data_dir).problem


def test_the_error_reads_as_one_line(tmp_path: Path) -> None:
    data_dir = write_catalogue(tmp_path)
    replace(data_dir / "theories" / "alpha.toml", "1805.06576", "18")
    replace(data_dir / "theories" / "alpha.toml", 'arxiv = "1805.06576"', 'arxiv = "x"')
    assert str(problem_of(data_dir)) == (
        "alpha.toml: papers[0].arxiv: is 'x', which is not an arXiv number "
        "such as 1805.06576 or physics/0004057"
    )
