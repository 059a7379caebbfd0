"""The commands of `verbatim`, by typer. What is heavy is imported by the command that uses it: asking must be quick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from bot.output import DONE, PROBLEMS, WRONG_USE, print_json, show, stop

if TYPE_CHECKING:
    from bot.reloading import Watch
    from bot.settings import Settings
    from knowledge import KnowledgeBase

EXIT_CODES = (
    "Exit codes: 0 done; 1 the base has problems, a set of questions is broken, a line of a batch is bad, a row of an "
    "import is refused, a score is below its bar, or the output cannot be written; 2 wrong use; 70 internal error; "
    "130 interrupted."
)

HOW_TO_BEGIN = """\
verbatim: no Telegram token. To get one, write to @BotFather on Telegram, send /newbot and follow what it asks.
Then set VERBATIM_TELEGRAM_TOKEN to the token, in the environment or in a file .env in this directory:

    VERBATIM_TELEGRAM_TOKEN=123456789:your-token verbatim telegram"""


@dataclass(frozen=True, slots=True)
class Folders:
    """The base that the options before the command name; None where they do not."""

    documents: Path | None
    facts: Path | None


class FailOn(StrEnum):
    """How grave a problem has to be to end `verbatim check` with exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class ExportFormat(StrEnum):
    """In which form `verbatim export` hands facts over."""

    ANNOTATIONS = "annotations"
    CSV = "csv"
    CLAIMS = "claims"


class Commands(TyperGroup):
    """The commands; a reader that has gone (`| head -1`) has had enough, which is no failure."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  typer keeps the type of its contexts to itself
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise typer.Exit(DONE) from None


class WithAblation(TyperCommand):
    """A command whose option --ablate may name a mechanism, as --ablate=NAME, or stand for all of them."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  typer keeps the type of its contexts to itself
        return super().parse_args(ctx, ["--ablate=all" if word == "--ablate" else word for word in args])


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EXIT_CODES,
)

Documents = Annotated[
    Path | None,
    typer.Option("--documents", metavar="DIR", exists=True, file_okay=False, help="Folder of the documents."),
]
Facts = Annotated[
    Path | None,
    typer.Option("--facts", metavar="DIR", exists=True, file_okay=False, help="Folder of the facts and names.toml."),
]
Drafts = Annotated[
    bool | None,
    typer.Option(
        "--drafts", help="Answer from drafts too, which nobody has reviewed; replies say so.", show_default=False
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def _version(wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  only for this

        try:
            typer.echo(f"verbatim {version('verbatim-bot')}")
        except PackageNotFoundError:
            typer.echo("verbatim (not installed; run from its folder)")
        raise typer.Exit(DONE)


@app.callback()
def verbatim(
    context: typer.Context,
    documents: Documents = None,
    facts: Facts = None,
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """Answer questions from documents, in their own words, and say so when they do not say."""
    context.obj = Folders(documents, facts)


@app.command()
def chat(context: typer.Context, drafts: Drafts = None, documents: Documents = None, facts: Facts = None) -> None:
    """Talk with the bot in this terminal."""
    settings = _settings(context, documents, facts, drafts=drafts)
    watch = _watch(settings) if settings.reload_seconds else None
    base = _base(settings)
    from bot.settings import history_file  # noqa: PLC0415  heavy
    from bot.terminal import converse  # noqa: PLC0415  heavy

    converse(base, history_file(), watch)


@app.command()
def ask(  # noqa: PLR0913, PLR0917  one parameter for each option
    context: typer.Context,
    question: Annotated[
        list[str] | None, typer.Argument(help="The question; - or nothing reads it from standard input.")
    ] = None,
    as_json: AsJson = False,
    explain: Annotated[bool, typer.Option("--explain", help="Tell also how it was decided.")] = False,
    batch: Annotated[
        str | None,
        typer.Option("--batch", metavar="FILE", help='Answer JSON lines {"id": …, "turns": […]} of a file, or of -.'),
    ] = None,
    drafts: Drafts = None,
    documents: Documents = None,
    facts: Facts = None,
) -> None:
    """Answer one question, or a batch of them."""
    settings = _settings(context, documents, facts, drafts=drafts)
    from bot.asking import answer, answer_batch, message_from, opened  # noqa: PLC0415  heavy

    if batch is not None:
        if question:
            raise typer.BadParameter("a question and --batch exclude each other")
        with opened(batch) as lines:
            raise typer.Exit(answer_batch(lines, _base(settings), explain=explain))
    message = message_from(question or [])
    answer(message, _base(settings), as_json=as_json, explain=explain)


@app.command()
def find(  # noqa: PLR0913, PLR0917  one parameter for each option
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="Words, or a question.")],
    most: Annotated[int, typer.Option("-n", "--most", metavar="N", min=1, help="Show at most N sentences.")] = 5,
    as_json: AsJson = False,
    documents: Documents = None,
    facts: Facts = None,
) -> None:
    """Search the documents for the sentences nearest to some words; it answers nothing."""
    settings = _settings(context, documents, facts)
    from bot.finding import as_object, looked_for  # noqa: PLC0415  heavy

    text, base = looked_for(words), _base(settings)
    found = base.find(text, most)
    if as_json:
        print_json(as_object(text, found))
        return
    from bot.library import found_lines  # noqa: PLC0415  heavy

    show(found_lines(found, base))


@app.command()
def add(  # noqa: PLR0913, PLR0917  one parameter for each option
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Plain text, Markdown, HTML, PDF or DOCX.", show_default=False),
    ],
    document_id: Annotated[
        str, typer.Option("--id", help="Id of the document; made of the file's name otherwise.")
    ] = "",
    title: Annotated[str, typer.Option("--title", help="Its title.")] = "",
    publisher: Annotated[str, typer.Option("--publisher", help="Who published it.")] = "",
    published: Annotated[str, typer.Option("--published", metavar="DATE", help="The day, such as 2024-03-19.")] = "",
    url: Annotated[str, typer.Option("--url", help="Its address.")] = "",
    language: Annotated[str, typer.Option("--language", metavar="CODE", help="Its language, such as en.")] = "",
    replaces: Annotated[
        str,
        typer.Option(
            "--replaces", metavar="ID", help="The document that this one is a revision of; its facts go over."
        ),
    ] = "",
    encoding: Annotated[
        str, typer.Option("--encoding", help="The encoding of text and HTML files, such as windows-1252.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would be added, and write nothing.")] = False,
    as_json: AsJson = False,
    documents: Documents = None,
    facts: Facts = None,
) -> None:
    """Add documents to the base: keep each file, take out its text, and begin its fact file."""
    settings = _settings(context, documents, facts)
    from bot.curating.adding import MENDS, Wishes, add  # noqa: PLC0415  heavy
    from knowledge.curation import Wanted, wrong_wishes  # noqa: PLC0415  "

    wanted = Wanted(document_id, title, publisher, published, url, language, replaces)
    if len(files) > 1 and any((document_id, title, published, url, replaces)):
        raise typer.BadParameter(
            "--id, --title, --published, --url and --replaces name one document; add the files one by one"
        )
    for name in wrong_wishes(wanted):
        raise typer.BadParameter(f"--{name} must be {MENDS[name]}")
    wishes = Wishes(wanted, settings.largest_document, encoding, dry_run, as_json)
    raise typer.Exit(add(files, settings.documents, settings.facts, wishes))


@app.command()
def check(  # noqa: PLR0913, PLR0917  one parameter for each option
    context: typer.Context,
    as_json: AsJson = False,
    deep: Annotated[
        bool, typer.Option("--deep", help="Ask each fact its own questions, too: which it misses, which others take.")
    ] = False,
    sarif: Annotated[
        Path | None,
        typer.Option("--sarif", metavar="FILE", help="Write SARIF for code hosts and editors to a file, or to -."),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="How grave a problem ends with exit code 1.")
    ] = FailOn.ERROR,
    documents: Documents = None,
    facts: Facts = None,
) -> None:
    """Check the base: every problem with its mend, and what has become of each sentence of the documents."""
    if as_json and sarif == Path("-"):
        raise typer.BadParameter("--json and --sarif - exclude each other")
    settings = _settings(context, documents, facts)
    from bot.curating.checking import Wishes, check  # noqa: PLC0415  heavy
    from knowledge import Severity  # noqa: PLC0415  "

    raise typer.Exit(check(settings, Wishes(as_json, deep, sarif, Severity(fail_on.value))))


@app.command("draft")
def draft_facts(
    context: typer.Context,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="The id of a document; check lists them.")],
    printed: Annotated[bool, typer.Option("--print", help="Print what is proposed, and write nothing.")] = False,
    documents: Documents = None,
    facts: Facts = None,
) -> None:
    """Propose facts for the sentences of a document that are not covered, for review."""
    settings = _settings(context, documents, facts)
    from bot.curating.drafting import propose  # noqa: PLC0415  heavy

    raise typer.Exit(propose(document, settings.documents, settings.facts, printed=printed))


@app.command("review")
def review_facts(
    context: typer.Context,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="The id of a document; check lists them.")],
    documents: Documents = None,
    facts: Facts = None,
) -> None:
    """Review the facts and drafts of a document at a desk in this terminal, sentence by sentence."""
    settings = _settings(context, documents, facts)
    from bot.curating.reviewing.opening import review  # noqa: PLC0415  heavy

    raise typer.Exit(review(document, settings.documents, settings.facts))


@app.command("export")
def export_facts(  # noqa: PLR0913, PLR0917  one parameter for each option
    context: typer.Context,
    wanted: Annotated[
        list[str] | None, typer.Argument(metavar="[DOCUMENT]...", help="Ids of documents; all of them otherwise.")
    ] = None,
    form: Annotated[
        ExportFormat,
        typer.Option("--format", help="W3C Web Annotation, a table, or claims of schema.org."),
    ] = ExportFormat.ANNOTATIONS,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write to a file, and not to the standard output.")
    ] = None,
    drafts: Annotated[bool, typer.Option("--drafts", help="Export drafts too; they are marked.")] = False,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin CSV with a byte order mark, by which Excel knows UTF-8.")
    ] = False,
    documents: Documents = None,
    facts: Facts = None,
) -> None:
    """Export facts with their quotes, for other programs or a spreadsheet."""
    settings = _settings(context, documents, facts)
    from bot.curating.exporting import ExportWishes, Format, export  # noqa: PLC0415  heavy

    wishes = ExportWishes(Format(form.value), out, drafts, bom)
    raise typer.Exit(export(wanted or [], settings.documents, settings.facts, wishes))


@app.command("import")
def import_facts(  # noqa: PLR0913, PLR0917  one parameter for each option
    context: typer.Context,
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="CSV, Web Annotations, or questions and answers; - is the standard input."),
    ],
    document: Annotated[
        str, typer.Option("--document", metavar="ID", help="The document that the facts are about.", show_default=False)
    ],
    update: Annotated[bool, typer.Option("--update", help="Change facts that are there and say otherwise.")] = False,
    as_drafts: Annotated[bool, typer.Option("--as-drafts", help="Whatever is new is a draft.")] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave rows out that are refused, and take the others.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would be done, and write nothing.")] = False,
    as_json: AsJson = False,
    documents: Documents = None,
    facts: Facts = None,
) -> None:
    """Import facts into a document: each is proven like one that was typed, or refused."""
    settings = _settings(context, documents, facts)
    from bot.curating.importing import import_facts as take  # noqa: PLC0415  heavy
    from knowledge.curation import ImportWishes  # noqa: PLC0415  "

    wishes = ImportWishes(update, as_drafts, skip_bad)
    raise typer.Exit(take(file, document, settings.documents, settings.facts, wishes, dry_run=dry_run, as_json=as_json))


@app.command("facts")
def show_facts(
    context: typer.Context,
    fact: Annotated[str | None, typer.Argument(metavar="ID", help="Show this fact wholly.")] = None,
    documents: Documents = None,
    facts: Facts = None,
) -> None:
    """List the facts, or show one wholly, with its quote in its place."""
    base = _base(_settings(context, documents, facts))
    from bot.library import fact_lines, fact_list  # noqa: PLC0415  heavy

    if fact is None:
        show(fact_list(base))
        return
    found = base.fact(fact)
    if found is None:
        stop(f"no fact {fact!r}; {_closest(fact, [known.id for known in base.every_fact])}", WRONG_USE)
    show(fact_lines(found, base))


@app.command("sources")
def show_sources(
    context: typer.Context,
    number: Annotated[int | None, typer.Argument(metavar="N", help="Print this document, by paragraphs.")] = None,
    documents: Documents = None,
    facts: Facts = None,
) -> None:
    """List the documents, or print one by paragraphs."""
    base = _base(_settings(context, documents, facts))
    from bot.library import document_lines, source_list  # noqa: PLC0415  heavy

    if number is None:
        show(source_list(base))
        return
    if not 1 <= number <= len(base.documents):
        stop(f"no document {number}; there are {len(base.documents)}, counted from 1", WRONG_USE)
    show(document_lines(base.documents[number - 1]))


@app.command("eval", cls=WithAblation)
def evaluate(  # noqa: PLR0913, PLR0917  one parameter for each option
    context: typer.Context,
    questions: Annotated[Path, typer.Argument(metavar="SET.jsonl", help="The labelled questions.")],
    as_json: AsJson = False,
    page: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write a report: the curve, and every miss with its explanation."),
    ] = None,
    kept: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Keep the run, as JSON lines, to compare with later.")
    ] = None,
    earlier: Annotated[
        Path | None,
        typer.Option("--compare", metavar="RUN", help="Tell what is better or worse than in a run that was kept."),
    ] = None,
    without: Annotated[
        str | None,
        typer.Option(
            "--ablate",
            metavar="[=NAME]",
            help="Ask again with each mechanism switched off in turn, or with one of them.",
        ),
    ] = None,
    bar: Annotated[
        float | None,
        typer.Option("--bar", metavar="SCORE", min=0.0, max=1.0, help="End with exit code 1 when the score is lower."),
    ] = None,
    documents: Documents = None,
    facts: Facts = None,
) -> None:
    """Measure how well labelled questions are answered."""
    base = _base(_settings(context, documents, facts))
    from bot.measuring.evaluating import Wishes, evaluate  # noqa: PLC0415  heavy

    raise typer.Exit(evaluate(questions, base, Wishes(as_json, page, kept, earlier, without, bar)))


@app.command()
def gaps(  # noqa: PLR0913, PLR0917  one parameter for each option
    context: typer.Context,
    file: Annotated[
        str,
        typer.Option("--from", metavar="FILE", help="Read JSON lines of a file, or of -, in the place of the store."),
    ] = "",
    store: Annotated[
        Path | None, typer.Option("--store", metavar="FILE", help="The store of the bot; VERBATIM_STORE says it, too.")
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option("--since", metavar="DATE", formats=["%Y-%m-%d"], help="Count what was asked from this day on."),
    ] = None,
    reason: Annotated[
        list[str] | None,
        typer.Option(
            "--reason",
            metavar="REASON",
            help="Count these only: not_stated, out_of_scope, no_opinion, not_understood, wrong or unclear.",
        ),
    ] = None,
    people: Annotated[
        int, typer.Option("--people", metavar="N", min=1, help="Leave out what fewer than N people asked for.")
    ] = 1,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="Show at most N.")] = 20,
    settled: Annotated[
        bool, typer.Option("--all", help="Show also what is answered by now, or known to be unsaid.")
    ] = False,
    as_json: AsJson = False,
    work: Annotated[bool, typer.Option("--work", help="Fill them in this terminal, one key for each.")] = False,
    documents: Documents = None,
    facts: Facts = None,
) -> None:
    """Tell what readers asked in vain, those who asked for the same together."""
    settings = _settings(context, documents, facts, store=store)
    from bot.curating.gaps import Wishes, show_gaps  # noqa: PLC0415  heavy

    day = since.date().isoformat() if since else ""
    wishes = Wishes(file, day, tuple(reason or ()), people, most, settled, as_json, work)
    raise typer.Exit(show_gaps(wishes, settings, _base(settings)))


@app.command()
def calibrate(  # noqa: PLR0913, PLR0917  one parameter for each option
    context: typer.Context,
    sets: Annotated[list[Path], typer.Argument(metavar="SET.jsonl...", help="The labelled questions.")],
    write: Annotated[bool, typer.Option("--write", help="Write the weights of the program.")] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the weights to a file.")] = None,
    phrasings: Annotated[
        int | None,
        typer.Option("--phrasings", metavar="N", min=0, help="Fit as if each fact had at most N phrasings."),
    ] = None,
    documents: Documents = None,
    facts: Facts = None,
) -> None:
    """Fit the few numbers of the engine on labelled questions, and print the cross-validated figures."""
    if write and out is not None:
        raise typer.BadParameter("--write and --out exclude each other")
    base = _base(_settings(context, documents, facts))
    from bot.measuring.calibrating import calibrate  # noqa: PLC0415  heavy

    raise typer.Exit(calibrate(sets, base, out, write=write, phrasings=phrasings))


@app.command()
def probe(  # noqa: PLR0913, PLR0917  one parameter for each option
    context: typer.Context,
    as_json: AsJson = False,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="NAME", help="Make probes of this kind only; may be repeated.")
    ] = None,
    fact: Annotated[str | None, typer.Option("--fact", metavar="ID", help="Probe this fact only.")] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="What is put in is drawn by this number.")] = 1,
    most: Annotated[int | None, typer.Option("--most", metavar="N", min=1, help="Ask at most N probes.")] = None,
    bar: Annotated[
        float | None,
        typer.Option("--bar", metavar="RATE", min=0.0, max=1.0, help="End with exit code 1 when fewer go right."),
    ] = None,
    documents: Documents = None,
    facts: Facts = None,
) -> None:
    """Make adversarial questions out of the facts, ask them, and tell every confusion."""
    base = _base(_settings(context, documents, facts))
    if fact is not None and base.fact(fact) is None:
        stop(f"no fact {fact!r}; {_closest(fact, [known.id for known in base.facts])}", WRONG_USE)
    from bot.curating.probing import Wishes, probe  # noqa: PLC0415  heavy

    raise typer.Exit(probe(base, Wishes(as_json, tuple(kind or ()), fact or "", seed, most, bar)))


@app.command()
def telegram(  # noqa: PLR0913, PLR0917  one parameter for each option
    context: typer.Context,
    webhook_url: Annotated[
        str | None,
        typer.Option("--webhook-url", metavar="URL", help="Let Telegram bring updates here, and do not poll."),
    ] = None,
    listen: Annotated[
        str | None,
        typer.Option("--listen", metavar="HOST:PORT", help="Listen here for the webhook, and for GET /health."),
    ] = None,
    store: Annotated[
        Path | None, typer.Option("--store", metavar="FILE", help="Keep what must outlive the process in this file.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Say what would be done, without asking Telegram, and leave.")
    ] = False,
    health: Annotated[
        bool, typer.Option("--health", help="Tell how the running bot does; exit code 1 when it is not alive.")
    ] = False,
    drafts: Drafts = None,
    documents: Documents = None,
    facts: Facts = None,
) -> None:
    """Answer on Telegram, until interrupted."""
    settings = _settings(context, documents, facts, webhook_url=webhook_url, listen=listen, store=store, drafts=drafts)
    if health:
        from bot.telegram.checking import tell_health  # noqa: PLC0415  heavy

        raise typer.Exit(tell_health(settings))
    if settings.telegram_token is None:
        typer.echo(HOW_TO_BEGIN, err=True)
        raise typer.Exit(WRONG_USE)
    if check:
        base = _base(settings)
        from bot.telegram.checking import tell_plan  # noqa: PLC0415  heavy

        raise typer.Exit(tell_plan(settings, base))
    from bot.hanging_up import spare_hangups  # noqa: PLC0415  heavy

    spare_hangups()  # until there is somebody who looks
    from bot.telegram import run  # noqa: PLC0415  heavy

    watch = _watch(settings)
    raise typer.Exit(run(_base(settings), settings, watch))


def _watch(settings: Settings) -> Watch:
    """Return what notices changes of the base; made before it is loaded, it misses none."""
    from bot.reloading import Source, Watch  # noqa: PLC0415  heavy
    from bot.settings import cache_folder  # noqa: PLC0415  heavy

    return Watch(Source(settings.documents, settings.facts, cache_folder(), settings.drafts))


def _settings(context: typer.Context, documents: Path | None, facts: Path | None, **more: object) -> Settings:
    """Return what is set, by options after the command, options before it, the environment, in this order."""
    from bot.settings import SettingsError, read_settings  # noqa: PLC0415  heavy

    before = context.find_object(Folders) or Folders(None, None)
    try:
        return read_settings(documents=documents or before.documents, facts=facts or before.facts, **more)
    except SettingsError as error:
        stop(str(error), WRONG_USE)


def _base(settings: Settings) -> KnowledgeBase:
    """Return the loaded base; with problems it does not start."""
    from bot.settings import cache_folder  # noqa: PLC0415  heavy
    from knowledge import KnowledgeBase, VerbatimError  # noqa: PLC0415  heavy

    try:
        base = KnowledgeBase.load(settings.documents, settings.facts, cache=cache_folder(), drafts=settings.drafts)
    except VerbatimError as error:
        stop(str(error), PROBLEMS)
    if not base.documents:
        typer.echo("verbatim: every document is in work still: nothing is answered; see verbatim check", err=True)
    return base


def _closest(word: str, known: list[str]) -> str:
    """Return the mend for an unknown id."""
    from difflib import get_close_matches  # noqa: PLC0415  only for this

    close = get_close_matches(word, known, n=1, cutoff=0.4)
    return f"did you mean {close[0]!r}?" if close else "verbatim facts lists them"
