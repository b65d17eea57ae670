# The report of a simulation, for a terminal, and its two charts.

report-title = Simulation of { $zone }
report-what = { $commuters } commuters, { $days ->
    [one] one working day
   *[other] { $days } working days
  } from { $first } to { $last }; seed { $seed }.
report-synthetic = Everybody in it is synthetic. Every decision was the desk's and the rulebook's.

report-people = people known to the park
report-organisations = organisations
report-cases-approved = cases approved
report-cases-refused = cases refused
report-cases-open = cases not decided yet
report-passes-issued = passes issued
report-passes-suspended = passes suspended at the end
report-passes-revoked = passes revoked

report-crossings = Crossings
report-passed = let pass at the gate
report-referred = referred to an officer
report-refused = refused
report-completed = arrived at the other end
report-turned-back = turned back on the bridge
report-let-pass = let over by an officer after a referral
report-resolved = whereabouts settled by an officer
report-on-north = on the north bank at the end
report-on-south = on the south bank at the end
report-on-bridges = on a bridge at the end

report-refusals = Refused and referred, by the rule that weighed most
outcome-refused = refused
outcome-referred = referred

report-waits = Waiting at the gates, in seconds, over all days
report-gate = { $gate } ({ $lanes } lanes, { $seconds } s each)
report-morning = morning
report-evening = evening
report-disturbed = half-day with a gate closed
column-gate = Gate
column-people = people
column-longest = longest
column-under-30 = under 30 s
column-queue = longest line
report-quarters = Longest line that anybody found, by quarter of an hour, on any day; in brackets, in the half-day with a gate closed
column-from = from

report-outage = { $gate } was closed from { $day } until { $until }; { $diverted } people went to the other bridge.
report-unfinished = Passages not finished, with the office that answers for each: { $total }
unfinished-passage = on the bridge
unfinished-referred = waits for an officer

report-checks = Checked at the end
check-holds = holds
check-does-not-hold = DOES NOT HOLD
check-looked-at = { $count } looked at
check-nobody-nowhere = nobody is nowhere: everybody is on a bank, or on a bridge with a passage of their own
check-presence-counts = the counts of people on the banks are those of the people
check-open-items-have-owners = every open passage and referral has an office that answers for it
check-permits-rest-on-cases = every pass rests on a case that every office approved
check-stopped-passes-stay-stopped = nobody passed on a pass that was suspended or revoked
check-replay = replaying the log gives the same park
check-log = the log verifies: entries, tree and both signatures
report-log = { $entries } entries in the log; the park it folds to has the digest { $digest }

chart-queues-title = Longest line at each gate, by quarter of an hour
chart-disturbed-title = The same in the half-day in which a gate was closed
chart-queues-description = The longest line that anybody found who came to the gate in that quarter, on any of the days.
chart-queues-unit = people waiting
chart-queues-across = Time
chart-waits-title = How long people waited
chart-waits-description = How many people in a hundred waited no longer than this, at each gate in each half of the day. The half-day in which a gate was closed is left out.
chart-waits-unit = seconds
chart-waits-across = Gate

load-title = Load on a server
load-holders = holders of passes
load-decisions = decisions at gates, each durable in the log
load-errors = answers that were no decision
load-seconds = seconds in all
load-per-second = decisions a second
load-time = milliseconds within which { $percent } of a hundred were answered
load-longest = milliseconds for the slowest answer
