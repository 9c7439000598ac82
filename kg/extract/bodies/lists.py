"""Organisations that a list joins: X, Y and the Z."""

from __future__ import annotations

from kg.extract.bodies.setting import Setting


def fellows(setting: Setting, at: int) -> tuple[int, ...]:
    """The indexes of the organisations that a list joins with this one, its last: X and Y."""
    items, found, here = setting.line.items, list[int](), at
    if at < 2 or items[at - 1].key != "and":
        return ()
    while here >= 2 and items[here - 1].key in ("and", ",") and set(items[here - 2].codes) & set("OS"):
        here -= 2
        found.insert(0, here)
    return tuple(found)


def list_behind(setting: Setting, at: int) -> tuple[int, ...]:
    """The indexes of the organisations that a list adds behind this one, its first: X, Y and the Z."""
    items, found, here = setting.line.items, list[int](), at + 1
    while here + 1 < len(items) and items[here].key in (",", "and"):
        step = here + 1 + (items[here].key == "," and items[here + 1].key == "and")
        step += step < len(items) and items[step].key == "the"
        if step >= len(items) or not set(items[step].codes) & set("OS"):
            break
        found.append(step)
        if items[step - 1].key == "and" or items[step - 2].key == "and":
            return tuple(found)
        here = step + 1
    return ()
