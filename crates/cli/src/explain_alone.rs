//! What `seatrial explain` says of what happens without anybody asking: jobs, and the people who answer customers.

use seatrial_sim::system::{Compare, Gather, Job, JobWork, When};

use crate::{explain::Words, figures::clock, names::operation, paint::wrap};

impl Words<'_> {
    /// Jobs, each with when it runs and what it looks at.
    pub(crate) fn jobs(&self) -> Vec<String> {
        self.system().jobs.iter().map(|job| wrap(&self.job(job), 2)).collect()
    }

    fn job(&self, job: &Job) -> String {
        let system = self.system();
        let name = format!("{}.{}", system.services[job.service.at()].name, job.name);
        let when = match job.when {
            When::Every(every) => format!("every {}", self.show(every)),
            When::At(of_day) => format!("daily at {}", &clock(0, of_day)[..5]),
            When::Listed(list) => match system.calendars[usize::from(list)].len() {
                1 => "at one given time".into(),
                times => format!("at {times} given times"),
            },
        };
        let off = if self.value(job.enabled) == 0 { "switched off; " } else { "" };
        let does = match &job.work {
            JobWork::Steps(_) => "takes its steps".into(),
            JobWork::Relay { store, batch, order, relays } => {
                let store = &system.stores[store.at()].name;
                let order = if self.value(*order) == 0 { "commits" } else { "ids" };
                let at_once = if self.value(*relays) > 1 { format!(", {} batches at once", self.show(*relays)) } else { String::new() };
                format!("publishes the outbox of {store} in the order of {order}, {} rows at a time{at_once}", self.show(*batch))
            }
            JobWork::Compare(compare) => self.compares(compare),
            JobWork::Gather(gather) => self.gathers(gather),
        };
        format!("{name}: {off}{when} it {does}")
    }

    fn compares(&self, compare: &Compare) -> String {
        let system = self.system();
        let table = &system.tables[compare.right.at()];
        let report = operation(system, compare.report);
        let mut said = format!("compares what {report} lists with {}", table.name);
        if self.value(compare.older_than) > 0 {
            said += &format!("; what is younger than {} waits for the next time", self.show(compare.older_than));
        }
        if compare.missing_right.is_some() {
            said += "; it does something about what the table lacks";
        }
        if compare.repeats.is_some() {
            said += "; it does something about what is listed twice";
        }
        if self.value(compare.concurrency) > 1 {
            said += &format!(", for {} at once", self.show(compare.concurrency));
        }
        said
    }

    fn gathers(&self, gather: &Gather) -> String {
        let table = &self.system().tables[gather.table.at()];
        let what = if gather.moves.is_some() { "that are due" } else { "that there are" };
        let by = if gather.by.is_some() { "one sum for each of their groups" } else { "one sum" };
        format!("takes the rows of {} {what} together, {by}", table.name)
    }

    /// Who answers tickets, and who looks when an alert fires.
    pub(crate) fn people(&self) -> Vec<String> {
        let system = self.system();
        let support = system.support.iter().map(|support| {
            let agents = self.value(support.agents);
            let who = if agents == 1 { "one person answers".into() } else { format!("{agents} people answer") };
            format!("support: {who} tickets, in the order in which they come; one takes {}", self.drawn(support.handling))
        });
        let operator = system.operator.iter().filter(|operator| !operator.script.is_empty()).map(|operator| {
            let reacts = self.show(operator.reacts);
            let again = "what they do stands under “What can be done by hand”";
            format!("the automatic operator looks {reacts} after an alert has fired, and each {reacts} again while it fires; {again}")
        });
        support.chain(operator).map(|said| wrap(&said, 2)).collect()
    }
}
