from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.values.sentences import sentences

from .making import PATIENT


@pytest.mark.parametrize(
    "marked",
    [
        "The base was hit.| Nobody was hurt!| Why?| It is not known.",
        "One line\n|Another line. |Its second sentence\n\n|Last",
        # names, titles, initials, acronyms
        "Gen. Amal Haddad met Lt. Col. J. R. Hill and Dr. Sami in St. Anne.| They left.",
        "Maj.-Gen. Hill left.| Adm. Hill stayed.",
        "George W. Hill spoke.| He left.",
        "The U.S. Central Command said so.| It left the U.S. |The base is empty.",
        "It flew to Washington, D.C. |He said so.",
        "They met U.N. envoys, e.g. Amal Haddad, i.e. Hill vs. Haddad.| Then they left.",
        "Hill Inc. Chairman Haddad left.| Hill Co. |The firm said so.",
        # times, numbers, references
        "It began at 5 a.m. Monday and ended at 6 p.m. GMT.| Rockets fell at 7 p.m. |Guards ran.",
        "About 2.5 km and 1,000.50 dollars.| No. 5 was hit on Jan. 3.| Was it no. 7?| He said no.| The end.",
        "Resolution No. 12 was passed.| It cost $5.| $6 was offered.| 7 were hurt.",
        "1. The first point.| 2. The second point.",
        # quotes
        "“We left,” she said.| “Nobody stayed.”| Then they went.",
        '"We left." |"Nobody stayed," she said.| (They went.)| [They stayed.]',
        "'We left.' |He went.| ‘We stayed.’| She stayed.",
        "“Will you leave?” she asked.| “Go!” Amal Haddad shouted.",
        "“Will you leave?”| The base was empty.",
        "“They left. |They came back. |Nobody was hurt,” he said.",
        # ellipses
        "They left… |Then they came back.",
        "They left... |Then they came back... and left.",
        "They left. . . |Then they came back.",
        "“They won…|Dry River is free,” he said.",
        "They had … left the base.",
        # glued together
        "They left the base.|“We stay,” she said.|She stayed.|A guard left.|I left.|Al-Hill left.|al-Hill stayed.",
        'They left.|"We stay," she said.',
        'He said: "They left."|We stay.',
        "They left ISIS.|The base is empty.| It had 250.|The guards left (all of them).|US forces stayed.",
        "They left.”|The base is empty.",
        # not glued: addresses, names with stops
        "See www.plain.example/Page.Html or Plain.Com for more.| The U.S.Army said so.| He works for asp.NET now.",
        "Write to amal.Haddad@plain.example today.",
        # footnotes
        "They fought the Hillmen (HM)* until 2017.| They beat the Hillmen*.| They left.|* A group banned there.",
        "They fought the Hillmen.* |The base is empty.| They left. |* A group banned there",
        "† Not this one.| They left.†",
        # names in small letters begin sentences, other words do not
        "They left the base. |al-Haddad stayed.| They went.| el-Hill did. and others too.",
        "They asked Yahoo! for it.",
        "Ends without a stop",
        "…",
        "?!",
    ],
)
def test_sentences_end_where_they_do(marked: str) -> None:
    text = marked.replace("|", "")
    expected = [part.strip() for part in marked.split("|")]
    expected = [line.strip() for part in expected for line in part.split("\n") if line.strip()]
    assert [span.of(text) for span in sentences(text)] == expected


MARKS = [".", "..", "…", "!", "?", '"', "“", "”", "’", ")", "(", "*", "\n", " ", "  ", "\u00a0"]
PARTS = st.sampled_from([*MARKS, "U.S.", "Gen.", "No. 5", "said", "The", "al-Hill", "2.5", "ة"])


@PATIENT
@given(st.lists(PARTS, max_size=40).map("".join) | st.text(max_size=60))
def test_sentences_hold_all_but_the_space_between_them(text: str) -> None:
    spans = list(sentences(text))
    reached = 0
    for span in spans:
        assert reached <= span.start < span.end
        assert text[reached : span.start].strip() == ""
        assert span.of(text) == span.of(text).strip() != ""
        assert "\n" not in span.of(text)
        reached = span.end
    assert text[reached:].strip() == ""


@PATIENT
@given(st.lists(PARTS, max_size=40).map("".join))
def test_sentences_of_one_line_do_not_depend_on_the_others(text: str) -> None:
    alone = [span.of(line) for line in text.split("\n") for span in sentences(line)]
    assert [span.of(text) for span in sentences(text)] == alone
