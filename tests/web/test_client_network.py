"""The network that a reader's reports are counted by, and which proxies are believed."""

from django.test import RequestFactory

from decisions.web.client_network import client_network


def network(forwarded: str | None, peer: str = "10.0.0.1") -> str:
    extra = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_network(RequestFactory().get("/", REMOTE_ADDR=peer, **extra))


def test_only_our_own_proxies_are_believed(settings):
    reader = network(None, peer="203.0.113.5")
    settings.TRUSTED_PROXIES = 0
    assert network("203.0.113.5") == network(None)
    settings.TRUSTED_PROXIES = 1
    assert network("203.0.113.5") == reader
    assert network("198.51.100.7, 203.0.113.5") == reader  # the first was written by the reader
    settings.TRUSTED_PROXIES = 2
    assert network("198.51.100.7, 203.0.113.5, 192.0.2.1") == reader
    for unusable in (None, "", "unknown", "203.0.113"):
        assert network(unusable) == network(None)


def test_addresses_of_one_network_are_counted_together(settings):
    settings.TRUSTED_PROXIES = 0
    assert network(None, peer="2001:db8::1") == network(None, peer="2001:db8::ffff:2")
    assert network(None, peer="2001:db8::1") != network(None, peer="2001:db8:0:1::1")
    assert network(None, peer="::ffff:203.0.113.5") == network(None, peer="203.0.113.5")
    assert network(None, peer="203.0.113.5") != network(None, peer="203.0.113.6")
    assert network(None, peer="") == network(None, peer="")
