import pytest

from loaders.web_address import Refused, WebAddress, is_web_address


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("https://a.org/x.pdf", True),
        ("FILE:///etc/passwd", True),
        ("reports/x.pdf", False),
        ("C:\\x.pdf", False),
    ],
)
def test_a_scheme_with_two_slashes_makes_a_url(name: str, is_one: bool) -> None:
    assert is_web_address(name) == is_one


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("http://example.org:80/a.pdf?b=1&c=ü#page=3", "http://example.org/a.pdf?b=1&c=%C3%BC"),
        ("http://example.org.:8080/a%20b", "http://example.org:8080/a%20b"),
        ("https://straße.de/x", "https://xn--strae-oqa.de/x"),
        ("http://[2606:4700::1111]:8080/", "http://[2606:4700::1111]:8080/"),
        ("http://93.184.216.34/", "http://93.184.216.34/"),
    ],
)
def test_an_address_is_brought_into_one_plain_form(url: str, plain: str) -> None:
    assert str(WebAddress.parse(url)) == plain


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/a.pdf",
        "gopher://example.org/",
        "http://",
        "http:///a.pdf",
        "http://user@example.org/",
        "http://user:word@example.org/",
        "http://example.org@127.0.0.1/",
        "http://example.org\\@127.0.0.1/",
        "http://exam\tple.org/",
        "http://example.org/a\r\nHost: b",
        "http://example.org/\0",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.0.1.1/",
        "http://010.8.8.8/",
        "http://exa%6dple.org/",
        "http://exa mple.org/",
        "http://-a.org/",
        "http://a..org/",
        "http://[::1/",
        "http://[example.org]/",
        "http://example.org:25/",
        "http://example.org:99999/",
        "http://example.org:0080/",
        "http://ａ⁄b.org/",
        "http://" + "a" * 64 + ".org/",
        "http://example.org/" + "a" * 5000,
    ],
)
def test_what_could_mean_two_things_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        WebAddress.parse(url)
