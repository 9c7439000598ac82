"""Mentions settle on what their slot allows; where that is not certain, nothing is guessed."""

from __future__ import annotations

from kg.authority import authority
from kg.ids import Ids
from kg.model import ClaimDraft, Extraction, Mention, Reading, Span
from kg.resolve import settle
from kg.terms import vocabulary

ACTOR, PLACE = "https://w3id.org/isnad/id/actor/", "https://w3id.org/isnad/id/place/"
ARTICLE = "https://w3id.org/isnad/id/article/test"


def mention(words: str, *senses: str, description: bool = False) -> Mention:
    return Mention(words, Span(0, len(words)), senses, description)


def reading(subject: Mention, predicate: str, object_: Mention, *speakers: Mention) -> Reading:
    draft = ClaimDraft(subject, predicate, object_, Span(0, 9), speakers)
    return settle(Extraction("test-1", (draft,)), ARTICLE, Ids(), vocabulary(), authority())


BADR, PMF = mention("Badr", ACTOR + "badr-organization"), mention("PMF", ACTOR + "popular-mobilization-forces")


def test_a_slot_for_actors_takes_the_state_and_not_the_country() -> None:
    (claim,) = reading(BADR, "backedBy", mention("Iraq", ACTOR + "iraq", PLACE + "iraq")).claims
    assert claim.object == ACTOR + "iraq"


def test_a_slot_for_places_takes_the_country_and_not_the_state() -> None:
    (claim,) = reading(BADR, "headquarteredIn", mention("Iraq", ACTOR + "iraq", PLACE + "iraq")).claims
    assert claim.object == PLACE + "iraq"


def test_two_that_fit_are_refused_with_both_names() -> None:
    made = reading(mention("Hezbollah", ACTOR + "hezbollah", ACTOR + "kataib-hezbollah"), "partOf", PMF)
    assert made.claims == ()
    assert "Hezbollah or Kata'ib Hezbollah" in made.refusals[0].reason


def test_a_thing_of_another_class_is_refused() -> None:
    made = reading(mention("Baghdad", PLACE + "baghdad"), "leads", PMF)
    assert [r.reason for r in made.refusals] == ["'Baghdad' is not a Person"]


def test_an_unlisted_name_becomes_a_candidate_of_its_article() -> None:
    made = reading(mention("Karim Nobody"), "leads", PMF)
    assert [(c.kind, c.label) for c in made.candidates] == [("Person", "Karim Nobody")]
    assert made.claims[0].subject == "https://w3id.org/isnad/id/candidate/test-karim-nobody"


def test_an_unnamed_source_is_an_unidentified_actor_of_its_article() -> None:
    made = reading(BADR, "partOf", PMF, mention("a security source", description=True))
    assert [c.kind for c in made.candidates] == ["UnidentifiedActor"]
    assert "/candidate/test-" in made.claims[0].speakers[0]


def test_nothing_is_joined_with_itself() -> None:
    made = reading(PMF, "partOf", PMF)
    assert made.claims == ()
    assert "itself" in made.refusals[0].reason


def test_a_claim_said_by_another_is_another_claim() -> None:
    one = reading(BADR, "partOf", PMF).claims[0]
    other = reading(BADR, "partOf", PMF, mention("Hadi al-Amiri", ACTOR + "hadi-al-amiri")).claims[0]
    assert one.id != other.id
    assert one.id == reading(BADR, "partOf", PMF).claims[0].id, "the same words give the same id"
