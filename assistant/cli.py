"""The command ``gouji``. Heavy libraries are imported only by the commands that need them."""

from __future__ import annotations

import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli_check import check
from assistant.cli_draft import draft
from assistant.console import COULD_NOT, FOUND, STATUS_WORDS, card_line, print_json, told
from assistant.intake import progress, reports_of, takes_reports, tell_others
from assistant.settings import Settings, load_settings
from index.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.answer import Answer
    from assistant.answering.cite import Citations
    from index.build import Step


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gouji", prog_name="gouji")
def main() -> None:
    """勾稽: ask, check and cite annual reports on government information disclosure.

    The index lies in GOUJI_STORE (default: the platform's data folder). GOUJI_EMBEDDER names
    a sentence-transformers model to use instead of the bundled one, GOUJI_MODEL a chat model
    that may help (openai:NAME; none by default).
    """


@main.command()
@takes_reports
@told
def build(paths: tuple[Path, ...], name: str | None, body: str | None, year: int | None) -> int:
    """Read reports into the index: files, folders, .zip archives, or standard input (-).

    Unchanged ones are skipped.
    """
    from index.build import build as build_index
    from index.storage.embed import load_embedder

    settings = load_settings()
    sources, given = reports_of(paths, name, body, year)
    embedder = load_embedder(settings.embedder)
    steps = build_index(sources, settings.store, embedder, given)
    doing = progress(steps, len(sources), "读取报告", lambda step: Path(step.path).name)
    counts = _tell_built(list(doing))
    words = {
        "added": "新增",
        "updated": "更新",
        "unchanged": "未变",
        "duplicate": "重复",
        "other": "非年报",
        "failed": "失败",
    }
    told_counts = "，".join(f"{words[k]} {counts[k]}" for k in words if k in counts)
    click.echo(f"{told_counts}。索引在 {settings.store}")
    return COULD_NOT if counts.get("failed") else 0


def _tell_built(steps: Sequence[Step]) -> Mapping[str, int]:
    """What was amiss, on standard error; files by what became of them.

    Where no report was read, other text was meant as one, and has failed.
    """
    read = any(step.report is not None for step in steps)
    others = [step.path for step in steps if step.outcome == "other" and read]
    for step in steps:
        if step.outcome == "failed" or (step.outcome == "other" and not read):
            click.echo(step.message, err=True)
        elif step.message and step.outcome != "other":
            click.echo(f"{step.path}: {step.message}", err=True)
    tell_others(others, "未收录")
    outcomes: Counter[str] = Counter(step.outcome for step in steps)
    return outcomes if read else Counter(failed=outcomes.total())


@main.command()
@told
def rebuild() -> None:
    """Make the vectors anew from the ledger, for example after changing GOUJI_EMBEDDER."""
    from index.build import rebuild as rebuild_index
    from index.storage.embed import load_embedder

    settings = load_settings()
    count = rebuild_index(settings.store, load_embedder(settings.embedder))
    click.echo(f"已重建 {count} 份报告的向量 (rebuilt). 索引在 {settings.store}")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@told
def reports(as_json: bool) -> None:
    """List the indexed reports with how many figures have which status."""
    from index.storage.ledger import Ledger

    cards = Ledger(load_settings().store).cards()
    if as_json:
        print_json({"reports": [card.model_dump(mode="json") for card in cards]})
        return
    for card in cards:
        click.echo(card_line(card))
    click.echo(f"共 {len(cards)} 份 ({len(cards)} reports)")


@main.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON.")
@click.option(
    "--batch",
    type=click.Path(path_type=Path),
    help='Answer a file of JSON lines {"id","question","dialogue"?,"turn"?}, one answer a line.',
)
@told
def ask(question: str | None, as_json: bool, batch: Path | None) -> None:
    """Answer a question about the indexed reports."""
    from assistant.ask import Desk

    if (question is None) == (batch is None):
        raise InputError(
            "请给出一个问题，或用 --batch 给出问题文件 (give a question or --batch FILE).",
            advice='例如: gouji ask "太仓市2021年结转下年度多少件"',
        )
    settings = load_settings()
    if batch is not None:
        from assistant.batch import answer_file

        for line in answer_file(batch, Desk.open(settings, _warn)):
            click.echo(line)
        return
    answer = Desk.open(settings, _warn).ask(question or "", offer=as_json)
    if as_json:
        print_json(answer.to_json())
    else:
        _print_answer(answer)


def _print_answer(answer: Answer) -> None:
    click.echo(answer.text)
    if answer.understood:
        click.secho(answer.understood, dim=True)
    if answer.model is not None:
        _print_model(answer)
    for figure in answer.figures:
        where = f"字符 {figure.span[0]}–{figure.span[1]}" if figure.span else "该格空白已丢失"
        click.echo(f"  {figure.citation} 印作“{figure.printed}” ({figure.source_file}, {where})")
    for passage in answer.passages:
        click.echo(
            f"  {passage.citation} {passage.source_file} 字符 {passage.span[0]}–{passage.span[1]}"
        )


def _print_model(answer: Answer) -> None:
    """What the chat model had to do with an answer: on offer, in trouble, what it cost."""
    use = answer.model
    assert use is not None  # noqa: S101 - the caller has seen
    if use.trouble:
        _warn(use.trouble)
    if use.offered:
        offered = answer.alternatives[0]
        click.echo(f"{offered.label}\n  gouji ask {shlex.quote(offered.question)}")
    click.secho(f"语言模型 model: {use.calls} 次 calls, {use.tokens} 词元 tokens", dim=True)


@main.command("eval")
@click.argument("questions", type=click.Path(path_type=Path))
@click.option("--verbose", is_flag=True, help="Tell each question that was not answered right.")
@click.option("--json", "as_json", is_flag=True, help="Print counts and such questions as JSON.")
@click.option(
    "--min-correct", type=click.IntRange(0), help="Exit with status 1 if fewer are correct."
)
@click.option(
    "--max-wrong", type=click.IntRange(0), help="Exit with status 1 if more figures are wrong."
)
@told
def evaluate(
    questions: Path,
    *,
    verbose: bool,
    as_json: bool,
    min_correct: int | None,
    max_wrong: int | None,
) -> int:
    """Ask the questions of a file and count the right answers.

    Each line is a JSON object {"id","question","expect","lang"?,"dialogue"?,"turn"?}.
    """
    from assistant.ask import Desk
    from assistant.evaluation import (
        as_data,
        grade_each,
        read_bank,
        table_lines,
        tally,
        told_wrong,
    )

    settings = load_settings()
    items = read_bank(questions)
    steps = grade_each(items, Desk.open(settings, _warn))
    graded = list(progress(steps, len(items), "回答问题", lambda step: step.id))
    if as_json:
        print_json(as_data(graded))
    else:
        if verbose:
            for wrong in (g for g in graded if not g.verdict.correct):
                click.echo(told_wrong(wrong))
        click.echo("\n".join(table_lines(tally(graded))))
    total = tally(graded)[-1]
    too_few = min_correct is not None and total.correct < min_correct
    too_wrong = max_wrong is not None and total.wrong_figures > max_wrong
    return FOUND if too_few or too_wrong else 0


@main.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--limit", default=5, show_default=True, type=click.IntRange(1, 50), help="Most paragraphs."
)
@told
def cite(text: str, as_json: bool, limit: int) -> None:
    """Find the source paragraphs (and table cells) of a sentence or number."""
    from assistant.answering.cite import cite_text
    from index.storage.ledger import Ledger

    found = cite_text(text, Ledger(load_settings().store), limit=limit)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _print_citations(found)


def _print_citations(found: Citations) -> None:
    if not found.passages and not found.figures:
        click.echo("没有找到 (nothing found)。请换一段更短的原文。")
        return
    for passage in found.passages:
        click.echo(
            f"{passage.citation} {passage.source_file} {passage.section_title} "
            f"字符 {passage.span[0]}–{passage.span[1]}\n  {passage.quote}"
        )
    for figure in found.figures:
        place = f"字符 {figure.span[0]}–{figure.span[1]}" if figure.span else "空白格"
        click.echo(f"{figure.citation} {figure.source_file} {place} {STATUS_WORDS[figure.status]}")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=7860, show_default=True, type=click.IntRange(1, 65535), help="Port."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the page in the browser.")
@told
def serve(host: str, port: int, open_browser: bool) -> None:
    """Open the chat in the browser (loopback only unless --host says otherwise)."""
    serve_chat(load_settings(), host=host, port=port, open_browser=open_browser)


def serve_chat(settings: Settings, *, host: str, port: int, open_browser: bool) -> None:
    """Start the web chat over the configured store."""
    from assistant.ask import Desk
    from assistant.web import serve as serve_pages

    serve_pages(Desk.open(settings, _warn), host=host, port=port, open_browser=open_browser)


def _warn(message: str) -> None:
    """Something that is not as it was configured, and goes on without."""
    click.echo(f"注意 note: {message}", err=True)


main.add_command(check)
main.add_command(draft)


if __name__ == "__main__":
    main()
