"""Links into recordings: every host's own parameter, media fragments elsewhere, and addresses that are none."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.errors import UsageError
from asdelivered.base.span import TimeSpan
from asdelivered.media.links import PARAMETERS, as_uri, check_address, link_to, link_to_file

times = st.tuples(st.integers(0, 10**8), st.integers(0, 10**6)).map(
    lambda pair: TimeSpan(pair[0], pair[0] + pair[1])
)


@given(st.sampled_from(sorted(PARAMETERS)), times)
def test_a_host_s_own_parameter_replaces_the_old_one(host: str, span: TimeSpan) -> None:
    name = PARAMETERS[host]
    link = link_to(f"https://www.{host}/watch?v=abc&{name}=7#here", span)
    query = parse_qs(urlsplit(link).query)
    assert query["v"] == ["abc"]
    assert query[name] == [str(span.start // 1000)]
    assert urlsplit(link).fragment == ""


@given(times)
def test_every_other_address_gets_a_media_fragment(span: TimeSpan) -> None:
    link = link_to("https://example.org/talk.mp4?v=1#old", span)
    start, end = urlsplit(link).fragment.removeprefix("t=").split(",")
    assert [round(float(start) * 1000), round(float(end) * 1000)] == [span.start, span.end]
    assert link.startswith("https://example.org/talk.mp4?v=1#t=")


def test_an_embedded_player_has_a_parameter_of_its_own() -> None:
    assert link_to("https://youtube.com/embed/abc", TimeSpan(5000, 6000)).endswith("?start=5")


def test_a_name_that_only_ends_alike_is_another_host() -> None:
    assert "#t=5,6" in link_to("https://notyoutube.com/abc", TimeSpan(5000, 6000))


def test_a_file_s_path_is_quoted() -> None:
    assert link_to_file(Path("/a b/ü.opus"), TimeSpan(0, 1500)) == "file:///a%20b/%C3%BC.opus#t=0,1.5"


@pytest.mark.parametrize("address", ["", "talk.mp4", "ftp://example.org/a", "https://", "http://[::1"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="is no address"):
        check_address(address)
    with pytest.raises(UsageError, match="is no address"):
        link_to(address, TimeSpan(0, 1))


@pytest.mark.parametrize(
    ("typed", "uri"),
    [
        ("https://ex.org/my talks/Réunion.mp4", "https://ex.org/my%20talks/R%C3%A9union.mp4"),
        ("https://ex.org/my%20talks/a.mp4?x=1&y=2", "https://ex.org/my%20talks/a.mp4?x=1&y=2"),
        ("https://münchen.example:8000/a", "https://xn--mnchen-3ya.example:8000/a"),
        ('https://ex.org/<b>"\udcff', "https://ex.org/%3Cb%3E%22%ED%B3%BF"),
    ],
)
def test_an_address_is_escaped_once_for_those_who_take_none_but_uris(typed: str, uri: str) -> None:
    assert as_uri(typed) == uri
    assert as_uri(uri) == uri
    assert link_to(typed, TimeSpan(0, 1)).split("#")[0] == uri


@given(st.text())
def test_an_escaped_address_stays_as_it_is(path: str) -> None:
    uri = as_uri(f"https://ex.org/{path}")
    assert uri.isascii()
    assert as_uri(uri) == uri
