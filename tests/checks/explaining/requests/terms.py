"""Slips in periods and in cloud limits."""

import calendar
from datetime import datetime, timedelta, timezone

from autograder.checks.explaining.requests import (
    clouds,
    period,
)
from autograder.checks.explaining.served import Served
from tests.checks.explaining.requests.slips import (
    SERVED,
    Kind,
    Rng,
    Slip,
    one,
)


def zulu(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"


def june(year: int = 2021, month: int = 6) -> tuple[datetime, datetime]:
    days = calendar.monthrange(year, month)[1]
    return datetime(year, month, 1), datetime(year, month, days, 23, 59, 59)


def searched(start: str, end: str, side: str, keys: tuple[str, ...], **values: str) -> Slip:
    """What is found of a period, in a search and in an order alike."""
    found = period.of_search(f"{start}/{end}", side)
    assert found == period.of_ends(start, end, side)
    return Slip(found, keys, values, (start, end))


def other_month(rng: Rng, _: Served) -> Slip:
    year, month = int(rng.integers(2016, 2025)), int(rng.integers(1, 13))
    month = month + 1 if (year, month) == (2021, 6) else month
    start, end = map(zulu, june(year, month))
    if month == 6:
        return searched(start, end, "start", ("period-of-another-year",), year=str(year))
    return searched(start, end, "start", ("period-of-another-month",), month=f"{year}-{month:02d}")


def one_day(rng: Rng, _: Served) -> Slip:
    start = datetime(2021, 6, 1) + timedelta(days=int(rng.integers(30)))
    side = "end" if start.day == 1 else "start"
    return searched(zulu(start), zulu(start.replace(hour=23)), side, ("period-of-a-day",))


def whole_year(rng: Rng, _: Served) -> Slip:
    year = int(rng.integers(2017, 2024))
    start, end = datetime(year, 1, 1), datetime(year, 12, 31, 23, 59, 59)
    return searched(zulu(start), zulu(end), "start", ("period-of-a-year",))


def end_moved(rng: Rng, _: Served) -> Slip:
    start, end = june()
    days = int(rng.integers(2, 25))
    late = bool(rng.integers(2))
    moved = end + timedelta(days=days if late else -days)
    return searched(zulu(start), zulu(moved), "end", (f"end-too-{'late' if late else 'early'}",))


def start_moved(rng: Rng, _: Served) -> Slip:
    start, end = june()
    days = int(rng.integers(2, 25))
    late = bool(rng.integers(2))
    moved = start + timedelta(days=days if late else -days)
    return searched(zulu(moved), zulu(end), "start", (f"start-too-{'late' if late else 'early'}",))


def last_day_lost(rng: Rng, _: Served) -> Slip:
    end = one(rng, "2021-06-30T00:00:00Z", "2021-06-30T00:00Z", "2021-06-30T02:00:00+02:00")
    return searched(zulu(june()[0]), end, "end", ("end-without-last-day",))


def no_such_date(rng: Rng, _: Served) -> Slip:
    month = int(rng.integers(1, 13))
    days = calendar.monthrange(2021, month)[1]
    end = f"2021-{month:02d}-{days + int(rng.integers(1, 99 - days)):02d}T23:59:59Z"
    return searched(zulu(june()[0]), end, "end", ("no-such-day",), days=str(days))


def no_such_month(rng: Rng, _: Served) -> Slip:
    start = f"2021-{one(rng, 0, int(rng.integers(13, 99))):02d}-06T00:00:00Z"
    return searched(start, zulu(june()[1]), "start", ("no-such-month",))


def local_time(rng: Rng, _: Served) -> Slip:
    zone = timezone(timedelta(hours=one(rng, -5, -1, 1, 2, 3)))
    start, end = (moment.replace(tzinfo=zone).isoformat() for moment in june())
    side = one(rng, "start", "end")
    return searched(start, end, side, ("period-in-local-time",))


def turned_round(rng: Rng, _: Served) -> Slip:
    start, end = june()
    end -= timedelta(days=int(rng.integers(0, 20)))
    return searched(zulu(end), zulu(start), "end", ("period-turned-round",))


def other_form(rng: Rng, _: Served) -> Slip:
    start, end = june()
    pattern = one(rng, "%d.%m.%Y", "%d-%m-%Y", "%B %Y", "%Y%m%d", "%d %b %Y", "%Y.%m.%d")
    return searched(format(start, pattern), zulu(end), "start", ("date-form",))


def unreadable_time(rng: Rng, _: Served) -> Slip:
    start, _end = june()
    pattern, key = one(
        rng,
        ("%Y-%m-%d", "date-without-time"),
        ("%Y-%m-%dT%H:%M:%S", "date-without-zone"),
        ("%Y-%m-%dT%H:%M", "date-without-zone"),
        ("%Y-%m-%d %H:%M:%SZ", "date-form"),
    )
    moment = start + timedelta(days=int(rng.integers(29)))
    return Slip(period.unreadable(period.moment(format(moment, pattern))), (key,), {}, pattern)


def other_joint(rng: Rng, _: Served) -> Slip:
    start, end = map(zulu, june())
    value, key = one(
        rng,
        ([start, end], "period-as-a-list"),
        ({"from": start, "to": end}, "period-as-a-dictionary"),
        (one(rng, ",", " - ", " to ", "--", ";").join((start, end)), "period-without-slash"),
        (start, "period-of-one-moment"),
        ("/".join((start, end, end)), "period-with-slashes"),
        (int(rng.integers(2021)), "period-not-a-text"),
    )
    return Slip(period.of_search(value, "start"), (key,), {}, value)


PROPERTY = "eo:cloud_cover"


def in_a_form(rng: Rng, sign: str, limit: float) -> object:
    """A comparison in text, turned round or not, or in json."""
    mirrored = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
    return one(
        rng,
        f"{PROPERTY} {sign} {limit:g}",
        f"({PROPERTY}{sign}{limit:g})",
        f"{limit:g} {mirrored[sign]} {PROPERTY}",
        {"op": sign, "args": [{"property": PROPERTY}, limit]},
    )


def filtered(content: object, keys: tuple[str, ...], **values: str) -> Slip:
    return Slip(clouds.of_filter(content, clouds.covers(SERVED)), keys, values, content)


def other_limit(rng: Rng, _: Served) -> Slip:
    limit = one(rng, 5, 9, 11, 15, 20, 25, 30, 50, 80)
    key = "filter-of-a-lower-limit" if limit < 10 else "filter-of-another-limit"
    return filtered(in_a_form(rng, one(rng, "<", "<="), limit), (key,), limit=str(limit))


def fraction(rng: Rng, _: Served) -> Slip:
    limit = one(rng, 0.3, 0.5, 0.8, 0.9)
    return filtered(in_a_form(rng, "<", limit), ("filter-of-a-fraction",), limit=f"{limit:g}")


def reversed_sign(rng: Rng, _: Served) -> Slip:
    limit = one(rng, 10, 20, 40)
    key = "filter-keeps-the-cloudy" if limit == 10 else "filter-keeps-the-cloudier"
    return filtered(in_a_form(rng, one(rng, ">", ">="), limit), (key,))


def nothing_passes(rng: Rng, _: Served) -> Slip:
    return filtered(
        in_a_form(rng, *one(rng, ("<", 0), ("<", 0.05), (">", 100))), ("filter-lets-none-through",)
    )


def unreadable_filter(rng: Rng, _: Served) -> Slip:
    limit = int(rng.integers(1, 90))
    content, key = one(
        rng,
        (f"{PROPERTY} < {limit}%", "filter-with-per-cent-sign"),
        (f"{PROPERTY} == {limit}", "filter-with-two-equal-signs"),
        (f"{PROPERTY} =< {limit}", "filter-signs-turned-round"),
        (f"{PROPERTY} < '{limit}'", "filter-number-in-quotes"),
        (f"{PROPERTY} less than {limit}", "filter-in-words"),
        (f"{PROPERTY} < {limit},5", "filter-with-decimal-comma"),
        (f"< {limit}", "filter-without-property"),
        (f"{PROPERTY} {limit}", "filter-without-comparison"),
        (limit, "filter-is-a-number"),
        ({PROPERTY: {"lt": limit}}, "filter-as-a-dictionary"),
        ([PROPERTY, "<", limit], "filter-as-a-list"),
        (f"{PROPERTY} > 0 && {PROPERTY} < {limit}", "filter-joined-otherwise"),
    )
    return filtered(content, (key,))


def other_property(rng: Rng, _: Served) -> Slip:
    name = one(rng, "cloud_cover", "eo:cloudCover", "maxCloudCoverage", "clouds", "eo.cloud_cover")
    return filtered(f"{name} < 10", ("filter-property-unknown",), found=name)


def maximum(rng: Rng, _: Served) -> Slip:
    number = int(rng.integers(21, 100))
    value, key = one(
        rng,
        (number, "cloud-of-another-limit"),
        (number / 100, "cloud-of-a-fraction"),
        (20, "cloud-of-the-example"),
        (number + 100, "cloud-out-of-range"),
        (f"{number}%", "cloud-with-per-cent-sign"),
        (f"< {number}", "cloud-as-a-condition"),
        (str(number), "cloud-as-text"),
        ("ten", "cloud-in-words"),
        ([number], "cloud-not-a-number"),
    )
    return Slip(clouds.of_maximum(value), (key,), {}, value)


KINDS: dict[str, Kind] = {
    "period: another month or year": other_month,
    "period: one day": one_day,
    "period: a whole year": whole_year,
    "period: end moved": end_moved,
    "period: start moved": start_moved,
    "period: last day lost": last_day_lost,
    "period: no such day": no_such_date,
    "period: no such month": no_such_month,
    "period: local time": local_time,
    "period: turned round": turned_round,
    "period: date in another form": other_form,
    "period: no time or zone": unreadable_time,
    "period: joined otherwise": other_joint,
    "filter: another limit": other_limit,
    "filter: a fraction": fraction,
    "filter: sign reversed": reversed_sign,
    "filter: lets nothing through": nothing_passes,
    "filter: cannot be read": unreadable_filter,
    "filter: another property": other_property,
    "cloud limit of an order": maximum,
}
