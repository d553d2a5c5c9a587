//! Moves as people ask for them: what they name is found in the system, and what became of them has a number.

use seatrial_sim::engine::{Command as Act, Letters, Refusal, With};
use seatrial_sim::system::{Argument, GroupId, MoveId, TopicId};
use seatrial_sim::{Id, Shape};

use crate::command::{Command, MoveArgs, Rejection};
use crate::desk::MoveDesk;
use crate::marks::MarkKind;
use crate::playable::Playable;
use crate::take::Take;

impl Take {
    pub(crate) fn make_move(&mut self, command: &Command, name: &str, args: &MoveArgs) -> Result<(), Rejection> {
        let system = self.play.system.clone();
        let found = system.moves.iter().position(|def| def.name == name);
        let makes = found.ok_or_else(|| Rejection::NoSuchMove(name.to_owned()))?;
        let (with, about) = with(&self.play, &system.moves[makes].asks(), args).map_err(Rejection::MoveRefused)?;
        let refused = |why: Refusal| match (why, system.moves[makes].asks().as_slice()) {
            (Refusal::NoSuchRecord, [Argument::Record(record)]) => {
                let kind = seatrial_story::words::words_of(&system.records[record.at()].name);
                Rejection::MoveRefused(format!("There is no {about}. The id of a {kind} stands in the fields of traces and logs."))
            }
            _ => Rejection::MoveRefused(sentence(&why.to_string())),
        };
        self.apply(Act::Move { makes: MoveId(makes as u16), with }).map_err(refused)?;
        let run = self.newest_move();
        self.desk.moves.push(MoveDesk { makes, about: about.clone(), asked: command.v, command: command.id.clone(), run });
        let label = format!("M{}", self.desk.moves.len());
        let title = crate::view::move_title(self, &system.moves[makes]);
        let text = if about.is_empty() { title } else { format!("{title}: {about}") };
        self.mark(command, MarkKind::Move, label, text, false);
        Ok(())
    }

    pub(crate) fn take_back(&mut self, command: &Command, made: u32) -> Result<(), Rejection> {
        let desk = (made as usize).checked_sub(1).and_then(|at| self.desk.moves.get(at));
        let run = desk.and_then(|desk| desk.run).ok_or(Rejection::NothingToTakeBack(made))?;
        let refused = |why: Refusal| Rejection::MoveRefused(sentence(&why.to_string()));
        self.apply(Act::TakeBack(run)).map_err(refused)?;
        self.mark(command, MarkKind::TakeBack, format!("M{made}"), format!("Takes back M{made}"), false);
        Ok(())
    }

    pub(crate) fn call_off(&mut self, command: &Command, made: u32) -> Result<(), Rejection> {
        let desk = (made as usize).checked_sub(1).and_then(|at| self.desk.moves.get(at));
        let run = desk.and_then(|desk| desk.run).ok_or(Rejection::NothingToCallOff(made))?;
        let refused = |why: Refusal| match why {
            Refusal::NoSuchMove => Rejection::NothingToCallOff(made),
            why => Rejection::MoveRefused(sentence(&why.to_string())),
        };
        self.apply(Act::CallOff(run)).map_err(refused)?;
        self.mark(command, MarkKind::TakeBack, format!("M{made}"), format!("Calls off M{made}"), false);
        Ok(())
    }

    /// The number of the move that was planned last.
    fn newest_move(&self) -> Option<u64> {
        let console = self.sim.console();
        console.moves.iter().chain(&console.moves_ended).map(|seen| seen.number).max()
    }
}

/// What is said with a move, and the same in words.
fn with(play: &Playable, asks: &[Argument], args: &MoveArgs) -> Result<(With, String), String> {
    let system = &play.system;
    let mut with = With::Nothing;
    let mut about = String::new();
    for ask in asks {
        match *ask {
            Argument::Record(record) => {
                let kind = seatrial_story::words::words_of(&system.records[record.at()].name);
                let text = args.record.as_deref().map(str::trim).filter(|text| !text.is_empty());
                let text = text.ok_or_else(|| format!("Name the {kind}: by its id, as traces and logs show it."))?;
                let id = read_id(text, &system.shapes).ok_or_else(|| format!("“{text}” is no id of a {kind}."))?;
                about = format!("{kind} {}", id.show(&system.shapes));
                with = With::Record(id.0 as i64);
            }
            Argument::DeadLetters(_) => {
                let (which, words) = match (&args.letters, args.count) {
                    (Some(numbers), _) if !numbers.is_empty() => {
                        let numbers: Vec<u64> = numbers.iter().map(|&number| u64::from(number)).collect();
                        let words = if numbers.len() == 1 { "one dead letter".into() } else { format!("{} dead letters", numbers.len()) };
                        (Letters::These(numbers), words)
                    }
                    (_, Some(count)) => (Letters::First(count), format!("the {count} oldest dead letters")),
                    _ => (Letters::All, "all dead letters".to_owned()),
                };
                let rate = args.rate.map_or_else(String::new, |rate| format!(", {rate} a second"));
                about = format!("{words}{rate}");
                with = With::DeadLetters { which, rate: args.rate };
            }
            Argument::Rate(_) => {}
            Argument::Group(topic) => {
                let group = group(play, topic, args.group.as_deref())?;
                about = play.group_name(group.at());
                with = With::Group(group);
            }
            Argument::Partition(topic) => {
                let group = group(play, topic, args.group.as_deref())?;
                let partition = args.partition.ok_or("Say which partition.")?;
                let partition = u16::try_from(partition).map_err(|_| format!("There is no partition {partition}."))?;
                about = format!("{}, partition {partition}", play.group_name(group.at()));
                with = With::Partition { group, partition };
            }
            Argument::Replica(service) => {
                if let Some(number) = args.replica {
                    let number = u16::try_from(number).map_err(|_| format!("There is no replica {number}."))?;
                    about = format!("{}, replica {number}", system.services[service.at()].name);
                    with = With::Replica(number);
                }
            }
        }
    }
    Ok((with, about))
}

fn group(play: &Playable, topic: TopicId, name: Option<&str>) -> Result<GroupId, String> {
    let of = || play.system.groups.iter().enumerate().filter(|(_, group)| group.topic == topic).map(|(at, _)| at);
    let found = match name {
        Some(name) => of().find(|at| play.group_name(*at) == name),
        // Of one there is no choice.
        None => of().next().filter(|_| of().count() == 1),
    };
    let known = || of().map(|at| play.group_name(at)).collect::<Vec<String>>().join(", ");
    found.map(|at| GroupId(at as u16)).ok_or_else(|| format!("Say which group: {}.", known()))
}

/// An id as it is shown.
pub(crate) fn read_id(text: &str, shapes: &[Shape]) -> Option<Id> {
    // People copy the kind along with the id: `charge 4711`.
    let text = text.rsplit(' ').next().unwrap_or(text);
    if let Ok(number) = text.parse::<u64>() {
        return (number <= Id::NUMBER_MAX).then(|| Id::number(number));
    }
    shapes.iter().enumerate().skip(1).find_map(|(at, shape)| {
        let rest = text.strip_prefix(shape.before.as_str())?.strip_suffix(shape.after.as_str())?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: u64 = rest[..digits].parse().ok()?;
        let rest = rest[digits..].strip_prefix(shape.between.as_str())?;
        let count: u64 = if shape.counted { rest.parse().ok()? } else { 0 };
        (shape.counted || rest.is_empty()).then(|| Id::shaped(at as u16, number, count))
    })
}

/// `there is no such move` → `There is no such move.`
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
