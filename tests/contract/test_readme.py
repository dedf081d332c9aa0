"""What the README says is so: its lines print what it shows, its tables are complete."""

from __future__ import annotations

import re
import subprocess
from dataclasses import asdict
from pathlib import Path

from app.settings import READERS, Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
END_OF_ANSWER = "-- end of answer --"


def test_the_lines_print_what_is_shown(server: str) -> None:
    shown = section("console")
    commands = [line.removeprefix("$ ") for line in shown.splitlines() if line.startswith("$ ")]
    answers = run(commands, server)
    transcript = [text for pair in zip(commands, answers, strict=True) for text in pair if text]
    assert transcript == [line.removeprefix("$ ") for line in shown.splitlines()]


def run(commands: list[str], server: str) -> list[str]:
    """What each line prints, all of them in one shell, asked of our own server."""
    script = "\n".join(f"{command}\necho '{END_OF_ANSWER}'" for command in commands)
    result = subprocess.run(
        ["bash", "-euc", script.replace("http://127.0.0.1:8000", server)],
        check=True,
        capture_output=True,
        text=True,
    )
    return [answer.strip() for answer in result.stdout.split(END_OF_ANSWER)[:-1]]


def section(language: str) -> str:
    """The one code block in this language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return str(found)


def test_every_folder_of_the_map_is_there() -> None:
    folders = re.findall(r"^\| `([\w/]+/)` \|", README, re.MULTILINE)
    assert len(folders) > 9
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []


def test_every_picture_is_there() -> None:
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)
    assert pictures
    assert [picture for picture in pictures if not (ROOT / picture).is_file()] == []


def test_every_setting_is_listed_with_its_default() -> None:
    rows = re.findall(r"^\| `SLOWPROP_([A-Z_]+)`[^|]*\| ([^|]*?) *\|", README, re.MULTILINE)
    listed = {name: default.strip("`") for name, default in rows}
    assert set(listed) == set(READERS)
    settings = Settings.read({})
    assert listed["HOST"] == settings.host
    assert listed["PORT"] == str(settings.port)
    assert listed["OPEN_TO_NETWORK"] == str(int(settings.open_to_network))


def test_every_limit_is_listed_with_its_value() -> None:
    (row,) = re.findall(r"^\| `SLOWPROP_MAX_…` \| ([^|]+) \|", README, re.MULTILINE)
    listed = {name.lower(): int(value) for name, value in re.findall(r"`(\w+)` (\d+)", row)}
    assert listed == asdict(Settings.read({}).limits)
