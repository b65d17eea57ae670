# The shell and the parts. The river's name stays in the service's name in every language.
service-name = Hetao
title-faulty = Error: { $title }
skip-link = Skip to the content
navigation-label = Main navigation
crumbs-label = Where you are
language-label = Language
sign-in = Sign in
sign-out = Sign out
ribbon-label = Demonstration.
ribbon-text = The people, organisations and events shown here are made up.
footer-about = The operating platform of the Hetao Shenzhen–Hong Kong Science and Technology Innovation Co-operation Zone.
footer-illustrative = Rules and figures come from the park's development outline, or are marked as illustrative.
footer-log = entries in the verifiable log.
footer-checkpoint = Latest checkpoint
errors-title = There is a problem
source-section = Source: outline { $section }
source-named = Source: { $name }
date-year = Year
date-month = Month
date-day = Day
pagination-label = Pages
pagination-previous = Previous
pagination-next = Next
pagination-page = Page { $page }
filter-heading = Filter
filter-apply = Apply filter
filter-chosen = Filters in use
filter-remove = remove this filter
filter-clear = Clear all
clock-running = { $used } of { $allowed } working days used
clock-paused = Paused at { $used } of { $allowed } working days
clock-stopped = { $used ->
    [0] Decided on the same day; { $allowed } working days allowed
   *[other] Decided after { $used } of { $allowed } working days
}
clock-overrun = { $over ->
    [one] 1 working day over the { $allowed } allowed
   *[other] { $over } working days over the { $allowed } allowed
}
chart-table = Show the figures as a table
map-north = Northbound
map-south = Southbound
language-leaves-answer = Another language leaves this answer; what was not sent is not kept.
session-until-idle = Signed in until { $time } if you do nothing more.
session-until-end = Signed in until { $time }; then you have to sign in again.
session-extend-tab = Stay signed in (opens a new tab)
session-again-tab = Sign in again (opens a new tab)
session-soon = You will be signed out within 5 minutes. If you have not finished, stay signed in.
session-soon-end = You will be signed out within 5 minutes, and this cannot be put off. Send what you have, or sign in again in a new tab.
session-over = You are signed out. What you typed is still on this page: sign in again in a new tab, then come back and send it.
session-extend = Stay signed in
kiosk-finish = Finish
kiosk-left-before = Everything is forgotten in
kiosk-left-after = seconds without a touch
rows-add = Add another
rows-remove = Remove { $number }
