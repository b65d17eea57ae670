"""What independent packages say of every day of 2024 to 2027: whether it is worked, and where working days lead to.

Lines are `hk 2026-01-01 rest`, and `hk 2026-01-01 5 2026-01-08`: five working days after that day.
Packages (PyPI): `holidays` for Hong Kong's general holidays, `chinesecalendar` for the Mainland with its make-up days.
The arithmetic is done here with their days, by counting, and with nothing of ours.
Called by the test `the_calendars_agree_with_two_independent_packages`.
"""

import datetime

import chinese_calendar
import holidays
from holidays.constants import OPTIONAL, PUBLIC

YEARS = range(2024, 2028)
COUNTS = (1, 5, 20)
ONE_DAY = datetime.timedelta(days=1)

# "Public" there means statutory for employers; general holidays are those and the "optional" ones.
HONG_KONG = holidays.HongKong(years=YEARS, categories=(PUBLIC, OPTIONAL))


def hong_kong(day):
    return day.weekday() < 5 and day not in HONG_KONG if day.year in YEARS else None


def mainland(day):
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:
        return None  # a year that the package does not know yet


def after(day, count, works):
    """The count-th working day after a day, or None where the package's years end before it."""
    while count > 0:
        day += ONE_DAY
        worked = works(day)
        if worked is None:
            return None
        count -= worked
    return day


def main():
    day = datetime.date(YEARS[0], 1, 1)
    while day.year in YEARS:
        for name, works in (("hk", hong_kong), ("mainland", mainland)):
            worked = works(day)
            if worked is None:
                continue
            print(name, day, "work" if worked else "rest")
            for count in COUNTS:
                reached = after(day, count, works)
                if reached is not None:
                    print(name, day, count, reached)
        day += ONE_DAY


main()
