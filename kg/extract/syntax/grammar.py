"""Closed classes of English words that several rules ask for."""

from __future__ import annotations

from typing import Final

OBJECT_CONTROL: Final = frozenset(
    """accuse accused accuses accusing allow allowed allows ask asked asks blame blamed blames cause caused causes compel compelled force forced forces
    drive drove driven drives lead led leads order ordered orders permit permitted persuade persuaded press pressed prompt prompted prompts push pushed see saw
    urge urged urges warn warned warns tell told tells call called calls invite invited help helped""".split()  # noqa: SIM905 - reads better
)
"""Verbs whose object, not subject, does what the verb below them says."""

ADDRESSING: Final = frozenset(
    """tell tells told telling inform informs informed informing assure assures assured assuring warn warns warned warning remind reminds reminded reminding
    notify notifies notified notifying advise advises advised promise promises promised convince convinced""".split()  # noqa: SIM905 - reads better
)
"""Verbs whose object is whom they are said to, with what is said in a clause behind it: told reporters that …"""

ELLIPTICAL: Final = frozenset(("one", "ones", "another", "others", "that", "those", "second", "third"))
"""Words that stand for a noun named before: another one, a second, those on X."""

QUANTITIES: Final = frozenset(
    """series string wave waves spate barrage number numbers dozens scores hundreds total majority most some many several flurry succession salvo salvos
    couple pair handful spree rash all part""".split()  # noqa: SIM905 - reads better
)
"""Words that stand before "of" and an act's noun and say how many."""

TOLL: Final = frozenset(("dead", "victims", "casualties", "fatalities", "martyrs", "fallen", "slain", "killed", "deceased"))
"""Words for those who died, among whom somebody is named."""
