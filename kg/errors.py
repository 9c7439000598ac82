"""The errors of Isnad, one tree.

    IsnadError                  anything that a user can be told in one line
    ├── SettingError            a KG_* setting that cannot be used
    ├── SourceError             a file that cannot become a Document
    │   ├── UnreadableFile      missing, not permitted, a folder, a device
    │   ├── EmptyFile           nothing, or nothing but boilerplate
    │   ├── BinaryFile          not text of any kind that we read
    │   ├── FileTooLarge        above KG_MAX_FILE
    │   ├── BadSidecar          metadata.yaml that does not say what it should
    │   ├── UnknownLanguage     a language for which there are no rules
    │   └── UnsoundArticle      its own data do not fit the shapes
    ├── VocabularyError         ontology, authority or gazetteer do not hold together
    │   └── UnknownTerm         a term that the ontology does not define
    ├── QueryError              a query that cannot be answered
    │   ├── QuerySyntaxError    with line and column
    │   ├── QueryRefused        names an endpoint that may not be asked, or updates through the query door
    │   │   └── GraphRefused    an update of a graph that is made from documents and judgements
    │   ├── QueryTimeout        ran longer than KG_TIMEOUT
    │   ├── QueryTooLarge       needed more memory or rows than allowed
    │   ├── QueryBusy           too many wait already, or no process was free to answer in time
    │   ├── QueryAbandoned      its client has gone
    │   ├── EndpointFailed      an endpoint that it names by SERVICE gave no answer that can be used
    │   │   └── EndpointTimeout none in time
    │   └── UnknownQuestion     with the nearest names
    ├── RemoteError             another server that was asked sent nothing that can be used
    │   ├── RemoteTimeout       or nothing in time
    │   └── RemoteTooLarge      or more than is taken
    ├── TooManyRequests         more than KG_RATE from one client
    ├── RdfError                RDF sent to us that cannot be taken
    │   ├── BadRdf              not RDF of its format, or a kind that we refuse; with line and column
    │   └── RdfTooLarge         took too much memory, time or room
    ├── BadGold                 a gold file that does not say what it should
    ├── NotAcceptable           no format that the client accepts
    ├── UnknownArticle          not in the store, with the nearest names
    ├── UnknownThing            no event, telling, claim, name or judgement of that id, or several, with the nearest
    ├── NoSuchGraph             a graph to be dropped that is not there
    ├── UnknownRevision         no revision is kept by that name, with the nearest
    ├── BadRevision             a revision that cannot be kept or restored: says why
    ├── BadBackup               a file that is no backup, or a damaged one: says what is wrong
    ├── BadJudgement            a judgement that cannot be entered: says why
    ├── BadCorrection           a retraction or takedown that cannot be made: says why
    └── StoreError              the store cannot be used
        ├── StoreVersionError   written by another version: says what to run
        ├── StoreBusy           another writer holds it
        ├── StoreFailed         its files cannot be read or written
        ├── UncertainChange     nobody knows whether it was made
        └── StoreEmpty          nothing there yet: says what to run

Each error's text says what is wrong, where, and what to do about it.  The server turns kinds into statuses in one table (`server/problems.py`);
the command line prints the text and ends with the kind's exit status.
"""

from __future__ import annotations

from collections.abc import Sequence


class IsnadError(Exception):
    """Anything that a user can be told in one line; `exit_status` is what `kg` ends with."""

    exit_status = 1


class SettingError(IsnadError):
    """A KG_* setting that cannot be used."""

    exit_status = 2


class SourceError(IsnadError):
    """A file that cannot become a Document; `name` is the file, `reason` the sentence shown."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class UnreadableFile(SourceError):
    """Missing, not permitted, a folder, a device."""


class EmptyFile(SourceError):
    """Nothing, or nothing but boilerplate."""


class BinaryFile(SourceError):
    """Not text of any kind that we read."""


class FileTooLarge(SourceError):
    """Above KG_MAX_FILE."""


class BadSidecar(SourceError):
    """A metadata.yaml that does not say what it should."""


class UnknownLanguage(SourceError):
    """A language for which there are no rules."""


class UnsoundArticle(SourceError):
    """An article whose own data, title, dates or addresses, do not fit the shapes; claims that do not are set aside instead."""


class VocabularyError(IsnadError):
    """Ontology, authority or gazetteer do not hold together."""


class UnknownTerm(VocabularyError, AttributeError):
    """A term that the ontology does not define."""


class QueryError(IsnadError):
    """A query that cannot be answered."""


class QuerySyntaxError(QueryError):
    """A query that is not SPARQL; `line` and `column` count from 1 and are None where the engine does not tell."""

    def __init__(self, reason: str, line: int | None = None, column: int | None = None) -> None:
        where = f"line {line}, column {column}: " if line is not None else ""
        super().__init__(f"The query is not valid SPARQL: {where}{reason}")
        self.reason = reason
        self.line = line
        self.column = column


class QueryRefused(QueryError):
    """A query that this door does not serve; the text says why and what to do."""


class GraphRefused(QueryRefused):
    """An update of a graph that is made from documents and judgements; `graph` is its IRI, None for all of them."""

    def __init__(self, graph: str | None, way: str) -> None:
        which = f"the graph <{graph}>, which is" if graph else "all graphs, and here stand some that are"
        super().__init__(
            f"The update was refused, as a whole: it would change {which} made from documents and judgements. {way} "
            "Graphs of other names, and the default graph, are yours to change."
        )
        self.graph = graph


class QueryTimeout(QueryError):
    """A query or update that ran longer than KG_TIMEOUT; `seconds` is the limit.  An update may have been made in the moment of its end."""

    def __init__(self, seconds: float, what: str = "query") -> None:
        last = " Had it just ended, it is made all the same: look before you send it again." if what == "update" else ""
        super().__init__(
            f"The {what} was stopped after {seconds:g} seconds, the limit here (KG_TIMEOUT). "
            f"Narrow it, for example by naming a class, an article or a LIMIT.{last}"
        )
        self.seconds = seconds


class QueryTooLarge(QueryError):
    """A query that needed more memory than KG_MEMORY allows, or whose answer has more bytes or rows than KG_MAX_ANSWER and KG_MAX_ROWS allow."""


class QueryBusy(QueryError):
    """A query for which there is no place in the queue, or no process within KG_TIMEOUT; it has not been run, and may be asked again.

    `seconds` is about when there may be a place.
    """

    def __init__(self, text: str, seconds: int = 5) -> None:
        super().__init__(text)
        self.seconds = seconds


class QueryAbandoned(QueryError):
    """A query that was stopped because its client has gone; nobody reads this."""

    def __init__(self) -> None:
        super().__init__("The query was stopped: its client has gone.")


class EndpointFailed(QueryError):
    """An endpoint that the query names by SERVICE gave no answer that can be used; `endpoint` is its IRI, `reason` what happened."""

    def __init__(self, endpoint: str, reason: str) -> None:
        super().__init__(
            f"The query was not answered: the endpoint <{endpoint}> that it asks by SERVICE {reason}. "
            "Ask again later or ask it for less; SERVICE SILENT goes on without it."
        )
        self.endpoint = endpoint
        self.reason = reason


class EndpointTimeout(EndpointFailed):
    """An endpoint that the query names by SERVICE did not answer in time."""


class UnknownQuestion(QueryError):
    """A question that is not in queries/; `nearest` are the names most like it."""

    exit_status = 2

    def __init__(self, name: str, nearest: Sequence[str]) -> None:
        hint = f" Did you mean {', '.join(nearest)}?" if nearest else ""
        super().__init__(f"There is no question or file {name!r}.{hint} `kg ask` without a name lists the questions.")
        self.name = name
        self.nearest = tuple(nearest)


class RemoteError(IsnadError):
    """Another server that was asked sent nothing that can be used; the text goes on from its name: "answered with status 500"."""


class RemoteTimeout(RemoteError):
    """Another server that was asked did not answer in time."""


class RemoteTooLarge(RemoteError):
    """Another server sent more than is taken, which is no fault of its own."""


class TooManyRequests(IsnadError):
    """More requests than one client may make (KG_RATE, KG_BURST); `seconds` until the next is answered."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            f"Too many requests from your address. Ask again in {seconds} second{'s' * (seconds != 1)}, and then more slowly; "
            "answers that are kept here, and 304 for those that you have, are not counted."
        )
        self.seconds = seconds


class RdfError(IsnadError):
    """RDF sent to us that cannot be taken."""


class BadRdf(RdfError):
    """Not RDF of its format, or a kind that we refuse; `line` and `column` count from 1, None where nobody can tell."""

    def __init__(self, title: str, reason: str, line: int | None = None, column: int | None = None) -> None:
        where = "" if line is None else f"line {line}: " if column is None else f"line {line}, column {column}: "
        super().__init__(f"This is not {title} that can be read here: {where}{reason}")
        self.reason = reason
        self.line = line
        self.column = column


class RdfTooLarge(RdfError):
    """Took more memory, time or room than one graph may; the text says which."""


class BadGold(IsnadError):
    """A gold file that does not say what it should; `file`, the article (None: the file as a whole) and what is wrong where."""

    exit_status = 2

    def __init__(self, file: str, article: str | None, reason: str) -> None:
        super().__init__(f"{file}{f', {article}' if article else ''}: {reason}.")
        self.file = file
        self.article = article
        self.reason = reason


class NotAcceptable(IsnadError):
    """No format that the client accepts; `offered` are the media types that there are."""

    def __init__(self, asked: str, offered: Sequence[str]) -> None:
        super().__init__(f"Nothing here is {asked!r}. Offered: {', '.join(offered)}.")
        self.asked = asked
        self.offered = tuple(offered)


class UnknownArticle(IsnadError):
    """An article that is not in the store; `nearest` are those most like it."""

    exit_status = 2

    def __init__(self, name: str, nearest: Sequence[str]) -> None:
        hint = f" Did you mean {', '.join(nearest)}?" if nearest else ""
        super().__init__(f"There is no article {name!r} in the store.{hint} `kg ask articles` lists them.")
        self.name = name
        self.nearest = tuple(nearest)


class UnknownThing(IsnadError):
    """An id that means nothing of its kind in the store, or several; `kind` is event, telling, claim, candidate, known thing or judgement."""

    exit_status = 2

    def __init__(self, kind: str, name: str, nearest: Sequence[str], *, several: bool = False) -> None:
        listed = ", ".join(nearest)
        hint = f" It may be {listed}; write more of it." if several else f" The nearest: {listed}." if listed else ""
        super().__init__(f"{name!r} is {'more than one' if several else 'no'} {kind} of this store.{hint}")
        self.kind = kind
        self.name = name
        self.nearest = tuple(nearest)


class NoSuchGraph(IsnadError):
    """A graph to be dropped that is not there; `graph` is its IRI."""

    def __init__(self, graph: str) -> None:
        super().__init__(f"There is no graph <{graph}>.")
        self.graph = graph


class UnknownRevision(IsnadError):
    """No revision is kept by that name; `nearest` are those most like it."""

    exit_status = 2

    def __init__(self, name: str, nearest: Sequence[str]) -> None:
        hint = f" Did you mean {', '.join(nearest)}?" if nearest else ""
        super().__init__(f"No revision is kept by the name {name!r}.{hint} `kg snapshot` lists them.")
        self.name = name
        self.nearest = tuple(nearest)


class BadRevision(IsnadError):
    """A revision that cannot be kept or restored; the text says why and what to do."""

    exit_status = 2


class BadBackup(IsnadError):
    """A file that is no backup, or a damaged one; the text says what is wrong."""

    exit_status = 2


class BadJudgement(IsnadError):
    """A judgement that cannot be entered; the text says why and what to do."""

    exit_status = 2


class BadCorrection(IsnadError):
    """A retraction or takedown that cannot be made; the text says why and what to do."""

    exit_status = 2


class StoreError(IsnadError):
    """The store cannot be used."""

    exit_status = 3


class StoreVersionError(StoreError):
    """A store written by another version; the text says what to run."""


class StoreBusy(StoreError):
    """Another writer holds the store."""


class StoreFailed(StoreError):
    """The store's files cannot be read or written; the text says what the engine or the system says."""


class UncertainChange(StoreError):
    """A change of which nobody knows whether it was made: what made it ended before it said so."""


class StoreEmpty(StoreError):
    """Nothing there yet; the text says what to run."""
