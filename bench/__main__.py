"""`python -m bench [--rounds N] [--only W1,W2,W3,growth,memory,http]`: the whole benchmark.

A whole run writes docs/benchmarks.md; with --only its tables are shown and nothing is written.
"""

from __future__ import annotations

import time

import click

from bench import memory, over_http, report, rounds
from bench.hosting import ROOT
from bench.report import Results
from bench.sections import SECTIONS

PAGE = ROOT / "docs/benchmarks.md"
NAMES = (*(section.name for section in SECTIONS), "memory", "http")
FEWEST = 9


def chosen(_: click.Context, __: click.Parameter, given: str) -> tuple[str, ...]:
    names = tuple(filter(None, given.split(","))) or NAMES
    if unknown := set(names) - set(NAMES):
        raise click.BadParameter(f"Unknown: {', '.join(unknown)}. Known are {', '.join(NAMES)}.")
    return names


@click.command()
@click.option("--rounds", "count", default=11, show_default=True, type=click.IntRange(FEWEST))
@click.option("--only", callback=chosen, default="", help=f"Some of {','.join(NAMES)}.")
def main(count: int, only: tuple[str, ...]) -> None:
    """Measure, write docs/benchmarks.md, and show what it says."""
    begin = time.perf_counter()
    results = Results(count)
    time_sections(results, only)
    if "memory" in only:
        said("memory")
        results.memory = memory.measure()
    if "http" in only:
        said("http")
        results.http = over_http.measure(count)
    click.echo("\n".join(report.body(results)))
    if only == NAMES:
        PAGE.write_text(report.document(results, rounds.SLICE), encoding="utf-8")
        said(f"written to {PAGE.relative_to(ROOT)}")
    said(f"took {time.perf_counter() - begin:.0f} s")


def time_sections(results: Results, only: tuple[str, ...]) -> None:
    stage = rounds.Stage()
    try:
        for section in SECTIONS:
            if section.name in only:
                said(section.name)
                results.times |= rounds.measure(stage, section.entries, results.rounds)
    finally:
        stage.close()
    results.versions, results.missing, results.wrong = stage.versions, stage.missing, stage.wrong


def said(what: str) -> None:
    click.echo(f"bench: {what}", err=True)


if __name__ == "__main__":
    main()
