"""Settings: what is understood, and one sentence for what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import WrongSetting
from app.settings import Settings


def test_the_environment_is_read_with_and_without_the_prefix() -> None:
    settings = Settings.read(
        {
            "HOST": "ignored",
            "SLOWPROP_HOST": "localhost",
            "PORT": "9000",
            "SLOWPROP_DATABASE_URL": "sqlite:///x.db",
            "SLOWPROP_DATABASE_SECONDS": "3",
            "SLOWPROP_KERNEL_CACHE": "/tmp/kernels",  # noqa: S108
            "SLOWPROP_ALLOWED_HOSTS": "lab.example, Other.Example",
            "SLOWPROP_MAX_WIDTH": "64",
        }
    )
    assert (settings.host, settings.port) == ("localhost", 9000)
    assert settings.database_seconds == 3
    assert settings.kernel_cache == Path("/tmp/kernels")  # noqa: S108
    assert settings.allowed_hosts == {"lab.example", "other.example"}
    assert settings.limits.width == 64
    assert settings.limits.layers == 32


def test_options_of_the_command_win() -> None:
    assert Settings.read({"PORT": "9000"}, port="9001").port == 9001


def test_without_any_setting_everything_stays_at_home() -> None:
    settings = Settings.read({})
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.database_url.startswith("sqlite:///")


def test_a_secret_is_read_from_its_file(tmp_path: Path) -> None:
    secret = tmp_path / "url"
    secret.write_text("sqlite:///secret.db\n")
    environ = {
        "SLOWPROP_DATABASE_URL": "sqlite:///image.db",
        "SLOWPROP_DATABASE_URL_FILE": str(secret),
    }
    assert Settings.read(environ).database_url == "sqlite:///secret.db"


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"PORT": "http"}, "PORT must be a whole number from 0 to 65535, not 'http'"),
        ({"PORT": "70000"}, "PORT must be"),
        ({"SLOWPROP_MAX_WIDTH": "0"}, "SLOWPROP_MAX_WIDTH must be a whole number above 0"),
        ({"SLOWPROP_OPEN_TO_NETWORK": "yes"}, "SLOWPROP_OPEN_TO_NETWORK must be 0 or 1"),
        ({"SLOWPROP_ACCESS": "link"}, "Did you mean 'links'?"),
        ({"SLOWPROP_LOG": "xml"}, "Known: warnings, plain, json"),
        ({"SLOWPROP_TRUSTED_PROXIES": "gateway"}, "must be networks such as 10.0.0.0/8"),
        ({"SLOWPROP_TRUSTED_PROXIES": "10.0.0.1/8"}, "has host bits set"),
        ({"SLOWPROP_EMBED": "lms.example.edu"}, "must be origins such as https://lms"),
        ({"SLOWPROP_EMBED": "https://a.example; script-src *"}, "must be origins"),
        ({"SLOWPROP_DATABASE_URL": " "}, "SLOWPROP_DATABASE_URL is empty"),
        ({"SLOWPROP_DATABASE_URL_FILE": "/none"}, "The file /none of SLOWPROP_DATABASE_URL_FILE"),
        ({"SLOWPROP_DATABASE": "x"}, "Did you mean 'SLOWPROP_DATABASE_URL'?"),
        ({"HOST": "0.0.0.0"}, "Refusing to listen on 0.0.0.0"),  # noqa: S104
    ],
)
def test_what_cannot_be_used_is_one_sentence(environ: dict[str, str], sentence: str) -> None:
    with pytest.raises(WrongSetting) as caught:
        Settings.read(environ)
    assert sentence in caught.value.detail
    assert "\n" not in caught.value.detail


def test_listening_to_the_network_has_to_be_asked_for() -> None:
    environ = {"HOST": "0.0.0.0", "SLOWPROP_OPEN_TO_NETWORK": "1"}  # noqa: S104
    assert Settings.read(environ).open_to_network


def test_who_has_links_may_listen_to_the_network() -> None:
    environ = {
        "HOST": "0.0.0.0",  # noqa: S104
        "SLOWPROP_ACCESS": "links",
        "SLOWPROP_TRUSTED_PROXIES": "10.0.0.0/8, fd00::/8",
        "SLOWPROP_EMBED": "https://LMS.example.edu, http://localhost:3000",
    }
    settings = Settings.read(environ)
    assert settings.access == "links"
    assert {str(network) for network in settings.trusted_proxies} == {"10.0.0.0/8", "fd00::/8"}
    assert settings.embed == {"https://lms.example.edu", "http://localhost:3000"}
