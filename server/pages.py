"""The pages for people: the start page with its query box, the questions, and the word for machines that all is well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, abort, jsonify, make_response, render_template, request

from kg.errors import QueryError, QuerySyntaxError
from kg.formats import N_TRIPLES, TSV, Format, holding
from kg.prefixes import moved
from kg.sparql.guard import answer_kind
from kg.store.worker import UNITED
from queries import Question, by_subject, question, questions
from server.house import answered, house
from server.problems import status as problem_status
from server.protocol import Asked
from server.table import Table, ranges, table

blueprint = Blueprint("pages", __name__)

ROWS_SHOWN: Final = 1000
LONGEST_LINK: Final = 6000
"""Characters of a query above which its downloads are buttons that post it: longer addresses break on their way."""

EXAMPLE: Final = """# Which groups are components of which bodies?
SELECT ?group ?body WHERE {
  ?group isnad:componentOf ?body .
}
ORDER BY ?body ?group
LIMIT 50
"""


@dataclass(frozen=True, slots=True)
class Total:
    """One way to add up the dead and injured: what by, and the question that does it."""

    by: str
    question: str


TOTALS: Final = (
    Total("month", "killed-by-month"),
    Total("place", "killed-by-place"),
    Total("country", "killed-by-country"),
    Total("group", "killed-by-group"),
    Total("perpetrator", "killed-by-perpetrator"),
    Total("event", "killed-by-event"),
)
HEADS: Final = {"saidBy": "according to", "sources": "independent sources"}
"""What the columns of the totals are called on their page."""


@dataclass(frozen=True, slots=True)
class Result:
    """An answer for the page: its table, the formats that it can be taken home in, and what to know beside it."""

    table: Table
    downloads: tuple[Format, ...]
    by_link: bool
    warnings: tuple[str, ...] = ()


def result(asked: Asked) -> Result:
    """The answer to a query for the page; raises what the pool raises."""
    kind = answer_kind(asked.text)
    format = TSV if kind == "solutions" else N_TRIPLES
    answer = answered(asked.text, format, asked.default_graphs, asked.named_graphs, keep=ROWS_SHOWN)
    shown = table(answer, house().settings.base, house().prefixes)
    return Result(shown, holding(kind)[:4], len(asked.text) <= LONGEST_LINK, answer.warnings)


def editor(
    asked: Asked | None,
    result: Result | None = None,
    problem: QueryError | None = None,
    status: int = 200,
    current: str | None = None,
) -> Response:
    """The start page: the box with the query in it, the questions, and the answer or what is wrong. `current` names the question asked."""
    place = problem if isinstance(problem, QuerySyntaxError) else None
    page = render_template(
        "start.html",
        asked=asked or Asked(EXAMPLE),
        result=result,
        problem=problem,
        place=place,
        questions=by_subject(questions(house().folder)),
        current=current,
        settings=house().settings,
        prefixes=house().prefixes,
    )
    return make_response(page, status)


@blueprint.get("/")
def start() -> Response:
    """The start page; `?question=` asks one of the questions."""
    name = request.args.get("question")
    if name is None:
        return editor(None)
    asked = _asked(question(name, house().folder))
    try:
        return editor(asked, result=result(asked), current=name)
    except QueryError as error:
        return editor(asked, problem=error, status=problem_status(error).code, current=name)


def _asked(question: Question) -> Asked:
    """A question of ours as it is asked of the graph that is served: it is about the union of all graphs, also where that is not the default."""
    settings = house().settings
    return Asked(moved(question.text, settings.base), () if settings.union_default_graph else (UNITED,))


@blueprint.get("/totals")
def totals() -> str:
    """The dead and injured added up, `?by=` month, place, country, group, perpetrator or event."""
    current = next((total for total in TOTALS if total.by == request.args.get("by", TOTALS[0].by)), None)
    if current is None:
        abort(404)
    one = question(current.question, house().folder)
    asked = _asked(one)
    found = result(asked)
    shown = ranges(found.table, ("killed", "injured"))
    return render_template("totals.html", totals=TOTALS, current=current, question=one, asked=asked, result=found, shown=shown, heads=HEADS)


@blueprint.get("/questions")
def list_questions() -> Response:
    """The questions, as a page or as JSON."""
    found = questions(house().folder)
    if request.accept_mimetypes.best_match(["text/html", "application/json"], default="text/html") == "application/json":
        return jsonify([{"name": one.name, "title": one.title, "subject": one.subject, **_parameters(_asked(one))} for one in found])
    response = make_response(render_template("questions.html", questions=by_subject(found)))
    response.vary.add("Accept")
    return response


def _parameters(asked: Asked) -> dict[str, str]:
    """What is asked, as the parameters of the protocol."""
    return {"query": asked.text, **dict(asked.parameters)}


@blueprint.get("/healthz")
def health() -> Response:
    """`ok` when queries can be answered, however many wait."""
    house().pool.check()
    return Response("ok\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})
