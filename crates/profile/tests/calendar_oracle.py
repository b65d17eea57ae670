"""Prints, for each day that independent packages know, whether it is worked: `hk 2026-01-01 rest`.

Packages (PyPI): `holidays` for Hong Kong's general holidays, `chinesecalendar` for the Mainland with its make-up days.
Called by the test `the_calendars_agree_with_two_independent_packages`.
"""

import datetime

import chinese_calendar
import holidays
from holidays.constants import OPTIONAL, PUBLIC

YEARS = range(2024, 2028)

# "Public" there means statutory for employers; general holidays are those and the "optional" ones.
HONG_KONG = holidays.HongKong(years=YEARS, categories=(PUBLIC, OPTIONAL))


def hong_kong(day):
    return day.weekday() < 5 and day not in HONG_KONG


def mainland(day):
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:
        return None  # a year that the package does not know yet


def main():
    day = datetime.date(YEARS[0], 1, 1)
    while day.year in YEARS:
        for name, works in (("hk", hong_kong(day)), ("mainland", mainland(day))):
            if works is not None:
                print(name, day, "work" if works else "rest")
        day += datetime.timedelta(days=1)


main()
