# The shell and the parts. The river's name stays in the service's name in every language.
service-name = Hetao
title-faulty = Error: { $title }
skip-link = Skip to the content
navigation-label = Main navigation
crumbs-label = The way here
language-label = Language
sign-in = Sign in
sign-out = Sign out
ribbon-label = Demonstration.
ribbon-text = The people, organisations and events shown here are made up.
footer-about = The operating platform of the Hetao Shenzhen–Hong Kong Science and Technology Innovation Co-operation Zone.
footer-illustrative = Rules and figures come from the park’s development outline, or are marked as illustrative.
footer-log = entries in the verifiable log.
footer-checkpoint = Latest checkpoint
errors-title = There is a problem
section-of = Source: section { $section }
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
clock-stopped = Decided within { $used } of { $allowed } working days
clock-overrun = { $over ->
    [one] 1 working day beyond the { $allowed } promised
   *[other] { $over } working days beyond the { $allowed } promised
}
chart-table = Show the figures as a table
map-north = Northbound
map-south = Southbound
