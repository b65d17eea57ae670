//! One working day: who comes, who has lost a phone, who has left, which gate is closed for a while.

use super::agenda::{Showing, Step, Who};
use super::traffic::Traffic;
use crate::error::SimulationError;
use crate::paperwork::chance_digest;
use crate::stage::Stage;
use base::{Actor, Bank, Date, Instant, Key};
use permits::{Form, Reason};

impl<S: Stage> Traffic<'_, S> {
    /// Puts a day's commuting on the agenda.
    pub fn plan_day(&mut self, date: Date) -> Result<(), SimulationError> {
        let midnight = self.stage.profile().start_of_day(Bank::South, date);
        let morning = midnight.plus(self.peaks.morning_minute * Instant::MINUTE);
        self.evening = midnight.plus(self.peaks.evening_minute * Instant::MINUTE);
        for who in 0..self.travellers.len() {
            let Some(traveller) = self.travellers.get(who) else { continue };
            if traveller.idle || traveller.visitor || self.dice.chance(self.habits.absent) {
                continue;
            }
            let (home, leaning) = (traveller.home, traveller.leaning);
            let Some(gate) = self.gate_for(home, leaning, None) else { continue };
            let comes = self.peaks.around(morning, &mut self.dice);
            if self.dice.chance(self.habits.lost) {
                self.lose(who, comes.plus(-30 * Instant::MINUTE), midnight.plus(Instant::DAY))?;
                self.put(comes, Step::Show { who, gate, homeward: false, how: Showing::Despite });
            } else if self.dice.chance(self.habits.left) {
                self.leave(who, comes.plus(-30 * Instant::MINUTE))?;
                self.put(comes, Step::Show { who, gate, homeward: false, how: Showing::Despite });
            } else {
                if self.dice.chance(self.habits.out_of_hours) {
                    let early = midnight.plus(6 * Instant::HOUR - 10 * Instant::MINUTE);
                    let how = Showing::Despite;
                    self.put(early, Step::Show { who, gate: gate.clone(), homeward: false, how });
                }
                self.put(comes, Step::Arrive { who, gate, homeward: false });
            }
        }
        Ok(())
    }

    /// Reported lost, and suspended at once; the next morning a new phone is linked and the pass resumed.
    fn lose(&mut self, who: Who, at: Instant, next_midnight: Instant) -> Result<(), SimulationError> {
        let officer = self.supervisor(who)?;
        let thumbprint = chance_digest(&mut self.dice);
        let Some(traveller) = self.travellers.get_mut(who) else { return Ok(()) };
        let (person, permit) = (traveller.person, traveller.permit);
        traveller.thumbprint = thumbprint.clone();
        let bind = permits::Command::BindHolderKey { permit, thumbprint, form: Form::Phone };
        let morning = next_midnight.plus(5 * Instant::HOUR);
        let suspend = permits::Command::Suspend { permit, reason: Reason::Lost, note: None };
        self.act(at, officer.clone(), suspend);
        self.act(morning, Actor::Person { person }, bind);
        self.act(morning.plus(5 * Instant::MINUTE), officer, permits::Command::Resume { permit, note: None });
        Ok(())
    }

    fn leave(&mut self, who: Who, at: Instant) -> Result<(), SimulationError> {
        let officer = self.supervisor(who)?;
        let Some(traveller) = self.travellers.get_mut(who) else { return Ok(()) };
        traveller.idle = true;
        let revoke = permits::Command::Revoke { permit: traveller.permit, reason: Reason::LeftEmployer, note: None };
        self.act(at, officer, revoke);
        Ok(())
    }

    /// Somebody whose duty is supervision, on the bank where the traveller lives.
    pub fn supervisor(&self, who: Who) -> Result<Actor, SimulationError> {
        let home = self.travellers.get(who).map_or(Bank::South, |traveller| traveller.home);
        self.on_duty(home, "supervision", who as u64)
    }

    pub fn on_duty(&self, bank: Bank, duty: &str, number: u64) -> Result<Actor, SimulationError> {
        let offices = self.stage.profile().offices.values();
        let mut fitting = offices.filter(|office| office.bank == bank && office.duty.as_str() == duty);
        let office = fitting.next().ok_or(SimulationError::Missing("office of that duty"))?;
        self.founded.acting(&office.key.clone(), number)
    }

    /// The gate is closed by an officer of operations, and opened again.
    pub fn plan_closure(&mut self, gate: &Key, from: Instant, until: Instant) -> Result<(), SimulationError> {
        let bank = self.stage.profile().gate(gate).map_or(Bank::South, |gate| gate.bank);
        let officer = self.on_duty(bank, "operations", 0)?;
        self.act(from, officer.clone(), people::Command::CloseGate { gate: gate.clone() });
        self.act(until, officer, people::Command::OpenGate { gate: gate.clone() });
        self.disturbed = Some((self.evening, self.half_of(from)));
        Ok(())
    }
}
