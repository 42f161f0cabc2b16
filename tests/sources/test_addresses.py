"""Which hosts a link may lead to: a table of the ways in which one leads inside."""

import pytest

from openaudit.sources.addresses import Refused, checked, is_public, system

PUBLIC = "93.184.216.34"


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104  # an address to refuse
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.1.2.3",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:93.184.216.34",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2001:0:1::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "localhost",
        "",
    ],
)
def test_no_address_inside_a_network_is_public(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(Refused, match="has no public address"):
        checked("terms.example.org", 443, lambda *_: [address])


@pytest.mark.parametrize("address", [PUBLIC, "1.1.1.1", "2606:4700:4700::1111"])
def test_a_public_address_is_the_one_to_connect_to(address: str) -> None:
    assert checked("terms.example.org", 443, lambda *_: [address]) == address


def test_an_address_that_every_network_reaches_is_preferred() -> None:
    addresses = ["2606:4700:4700::1111", PUBLIC]

    assert checked("terms.example.org", 443, lambda *_: addresses) == PUBLIC


def test_one_address_inside_is_enough_to_refuse_a_name() -> None:
    with pytest.raises(Refused):
        checked("terms.example.org", 443, lambda *_: [PUBLIC, "10.0.0.1"])


@pytest.mark.parametrize(
    "host",
    [
        "",
        "localhost",
        "intranet",
        "127.0.0.1",
        PUBLIC,
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "::1",
        "[::1]",
        "::ffff:7f00:1",
        "example.org.",
        ".example.org",
        "example..org",
        "exa mple.org",
        "example.org%00.evil",
        "example.0x7f",
        "a" * 64 + ".org",
        "\uff11\uff12\uff17.0.0.1",
        "\u2488.example",
        "\u00fc" * 70 + ".example",
    ],
)
def test_a_host_is_a_domain_name_and_nothing_else(host: str) -> None:
    def never(*_: object) -> list[str]:
        raise AssertionError("it must not be looked up")

    with pytest.raises(Refused):
        checked(host, 443, never)


@pytest.mark.parametrize("host", ["example.org", "Terms.Example.ORG", "b\u00fccher.example"])
def test_a_domain_name_is_looked_up_as_the_system_writes_it(host: str) -> None:
    asked: list[str] = []

    def noted(name: str, _: int) -> list[str]:
        asked.append(name)
        return [PUBLIC]

    checked(host, 443, noted)

    assert asked == [host.lower().replace("b\u00fccher", "xn--bcher-kva")]


def test_the_system_is_asked_for_every_address() -> None:
    assert system("127.0.0.1", 443) == ["127.0.0.1"]
