//! Which cell each box stands in, once the order of calls has given each a first place: boxes change places as long as that
//! makes the lines shorter and straighter, and lets fewer of them meet a box that they have nothing to do with.
//!
//! Everything is counted in whole numbers and tried in one order, so a system has one picture.

use super::{Carries, Grid, Link, Node, Shape};

/// Pairs of rows: a row of boxes, and the stores that hang below it.
const LANES: usize = 7;
/// Columns in front of what others run.
const COLUMNS: usize = 4;
/// How often a picture in which nothing gets better is shaken, and tried again.
const SHAKES: usize = 16;

/// What a line costs for each column and each row that it crosses, for a turn, and for each box in its way.
const COLUMN: u32 = 14;
const ROW: u32 = 8;
const TURN: u32 = 18;
const BOX_IN_THE_WAY: u32 = 34;
const STORE_IN_THE_WAY: u32 = 10;
/// Against the way in which pictures are read.
const BACKWARDS: u32 = 12;
const UPWARDS: u32 = 5;
/// For each line that a stretch has already.
const SHARED: u32 = 4;
/// What a picture costs for its size, height before width, and a client's way in for each column that it crosses.
const LANE: u32 = 20;
const WIDTH: u32 = 4;
const WAY_IN: u32 = 300;
/// People come in at the top.
const ENTERED_BELOW: u32 = 5;
const CELLS: usize = (COLUMNS + 2) * LANES * 2;

struct Line {
    from: usize,
    to: usize,
    carries: Carries,
}

struct Board {
    nodes: Vec<Node>,
    lines: Vec<Line>,
    /// Boxes that clients call.
    entered: Vec<usize>,
    /// The column of what others run.
    outside: usize,
    cells: Vec<(usize, usize)>,
    /// Who stands in a cell, by column and row.
    taken: Vec<Option<u8>>,
}

/// Boxes of the grid find better places; clients are placed later.
pub(super) fn find(grid: &mut Grid, links: &[Link]) {
    let first = Board::new(grid, links, grid.columns - 1);
    let outside = first.nodes.iter().any(|node| node.0 == Shape::Provider);
    let mut best: Option<(u32, Board)> = None;
    let fits = |board: &Board| board.cells.iter().all(|&(_, row)| row < LANES * 2);
    if !fits(&first) {
        return;
    }
    if first.outside > COLUMNS {
        return;
    }
    let least = first.cells.iter().zip(&first.nodes).filter(|(_, node)| node.0 != Shape::Provider).map(|(cell, _)| cell.0 + 1).max().unwrap_or(1);
    for columns in least..=COLUMNS {
        let mut board = Board::new(grid, links, columns);
        let mut cost = board.descend();
        let mut kept = board.cells.clone();
        let mut dice = 0x9e37_79b9_u32;
        for _ in 0..SHAKES {
            board.shake(&mut dice);
            let found = board.descend();
            if found < cost {
                (cost, kept) = (found, board.cells.clone());
            } else {
                board.place(&kept);
            }
        }
        board.place(&kept);
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, board));
        }
    }
    let Some((_, board)) = best else { return };
    let width = board.cells.iter().zip(&board.nodes).filter(|(_, node)| node.0 != Shape::Provider).map(|(cell, _)| cell.0 + 1).max().unwrap_or(1);
    grid.columns = width + usize::from(outside);
    let used = |lane: usize| board.cells.iter().any(|&(_, row)| row / 2 == lane);
    let above = |row: usize| (0..row / 2).filter(|&lane| used(lane)).count() * 2 + row % 2;
    for (node, (column, row)) in board.nodes.iter().zip(&board.cells) {
        let column = if node.0 == Shape::Provider { width } else { *column };
        if let Some(placed) = grid.placed.iter_mut().find(|(placed, ..)| placed == node) {
            (placed.1, placed.2) = (column, above(*row));
        }
    }
}

impl Board {
    fn new(grid: &Grid, links: &[Link], outside: usize) -> Board {
        let placed = grid.placed.iter().filter(|(node, ..)| node.0 != Shape::Client);
        let nodes: Vec<Node> = placed.clone().map(|(node, ..)| *node).collect();
        let at = |node: &Node| nodes.iter().position(|one| one == node);
        let mut lines: Vec<Line> = Vec::new();
        let mut entered = Vec::new();
        for (from, to, carries) in links {
            match (at(from), at(to)) {
                (Some(from), Some(to)) => lines.push(Line { from, to, carries: *carries }),
                (None, Some(to)) => entered.push(to),
                _ => {}
            }
        }
        lines.sort_by_key(|line| (line.from, line.to, line.carries));
        lines.dedup_by_key(|line| (line.from, line.to, line.carries));
        entered.sort_unstable();
        entered.dedup();
        let cells = placed.map(|&((shape, _), column, row)| (if shape == Shape::Provider { outside } else { column }, row)).collect();
        let mut board = Board { nodes, lines, entered, outside, cells, taken: Vec::new() };
        board.fill();
        board
    }

    fn fill(&mut self) {
        self.taken = vec![None; (self.outside + 1) * LANES * 2];
        for (at, &(column, row)) in self.cells.iter().enumerate() {
            if row < LANES * 2 {
                self.taken[column * LANES * 2 + row] = Some(at as u8);
            }
        }
    }

    fn place(&mut self, cells: &[(usize, usize)]) {
        self.cells.copy_from_slice(cells);
        self.fill();
    }

    fn in_cell(&self, column: usize, row: usize) -> Option<usize> {
        self.taken[column * LANES * 2 + row].map(usize::from)
    }

    /// Whether a box may stand there: stores hang below a row, what others run stands apart.
    fn may(&self, at: usize, (column, row): (usize, usize)) -> bool {
        match self.nodes[at].0 {
            Shape::Store => row % 2 == 1 && column < self.outside,
            Shape::Provider => row.is_multiple_of(2) && column == self.outside,
            _ => row.is_multiple_of(2) && column < self.outside,
        }
    }

    /// Changes places as long as one is found that costs less; what it costs then.
    fn descend(&mut self) -> u32 {
        let mut cost = self.cost();
        loop {
            let before = cost;
            for at in 0..self.nodes.len() {
                for cell in 0..self.taken.len() {
                    let (from, to) = (self.cells[at], (cell / (LANES * 2), cell % (LANES * 2)));
                    if to == from || !self.swap(at, to) {
                        continue;
                    }
                    let found = self.cost();
                    if found < cost {
                        cost = found;
                    } else {
                        // The way back is the same change.
                        self.swap(at, from);
                    }
                }
            }
            if cost == before {
                return cost;
            }
        }
    }

    /// Puts a box into a cell, and whoever stands there into its own.
    fn swap(&mut self, at: usize, to: (usize, usize)) -> bool {
        let from = self.cells[at];
        let other = self.in_cell(to.0, to.1);
        if !self.may(at, to) || other.is_some_and(|other| !self.may(other, from)) {
            return false;
        }
        self.put(at, other, from, to);
        true
    }

    fn put(&mut self, at: usize, other: Option<usize>, from: (usize, usize), to: (usize, usize)) {
        self.cells[at] = to;
        self.taken[to.0 * LANES * 2 + to.1] = Some(at as u8);
        self.taken[from.0 * LANES * 2 + from.1] = other.map(|other| other as u8);
        if let Some(other) = other {
            self.cells[other] = from;
        }
    }

    fn shake(&mut self, dice: &mut u32) {
        let mut throw = |below: usize| {
            *dice ^= *dice << 13;
            *dice ^= *dice >> 17;
            *dice ^= *dice << 5;
            *dice as usize % below
        };
        for _ in 0..4 {
            let (at, cell) = (throw(self.nodes.len()), throw(self.taken.len()));
            let to = (cell / (LANES * 2), cell % (LANES * 2));
            if to != self.cells[at] {
                self.swap(at, to);
            }
        }
    }

    fn cost(&self) -> u32 {
        let (mut lanes, mut columns) = (0u32, 0u32);
        for (&(column, row), node) in self.cells.iter().zip(&self.nodes) {
            lanes |= 1 << (row / 2);
            columns |= if node.0 == Shape::Provider { 0 } else { 1 << column };
        }
        let mut cost = lanes.count_ones().pow(2) * LANE + columns.count_ones() * WIDTH;
        for &at in &self.entered {
            let (column, row) = self.cells[at];
            cost += column as u32 * WAY_IN + row as u32 * ENTERED_BELOW;
        }
        let mut stretches = Stretches { down: [0; CELLS], across: [0; CELLS] };
        for line in &self.lines {
            cost += self.line(line, &mut stretches);
        }
        cost
    }

    fn line(&self, line: &Line, stretches: &mut Stretches) -> u32 {
        let ((c1, r1), (c2, r2)) = (self.cells[line.from], self.cells[line.to]);
        let (across, down) = (c1.abs_diff(c2) as u32, r1.abs_diff(r2) as u32);
        let mut cost = across * COLUMN + down * ROW;
        cost += if c1 == c2 {
            self.met_down(c1, r1, r2) + stretches.down(c1, r1, r2)
        } else if r1 == r2 {
            self.met_across(r1, c1, c2) + stretches.across(r1, c1, c2)
        } else {
            // Out at the side and then down, or down first.
            let over = self.met_across(r1, c1, c2) + self.met_at(c2, r1) + self.met_down(c2, r1, r2);
            let under = self.met_down(c1, r1, r2) + self.met_at(c1, r2) + self.met_across(r2, c1, c2);
            TURN + if over <= under {
                over + stretches.across(r1, c1, c2) + stretches.down(c2, r1, r2)
            } else {
                under + stretches.down(c1, r1, r2) + stretches.across(r2, c1, c2)
            }
        };
        if c2 < c1 && line.carries == Carries::Calls {
            cost += BACKWARDS;
        }
        if r2 < r1 && !matches!(line.carries, Carries::Group(_) | Carries::Events) {
            cost += UPWARDS;
        }
        cost
    }

    fn met_at(&self, column: usize, row: usize) -> u32 {
        match self.in_cell(column, row).map(|at| self.nodes[at].0) {
            None => 0,
            Some(Shape::Store) => STORE_IN_THE_WAY,
            Some(_) => BOX_IN_THE_WAY,
        }
    }

    fn met_down(&self, column: usize, one: usize, other: usize) -> u32 {
        (one.min(other) + 1..one.max(other)).map(|row| self.met_at(column, row)).sum()
    }

    fn met_across(&self, row: usize, one: usize, other: usize) -> u32 {
        (one.min(other) + 1..one.max(other)).map(|column| self.met_at(column, row)).sum()
    }
}

/// How many lines go from one cell to the next, by the upper or left one.
struct Stretches {
    down: [u8; CELLS],
    across: [u8; CELLS],
}

impl Stretches {
    fn down(&mut self, column: usize, one: usize, other: usize) -> u32 {
        (one.min(other)..one.max(other)).map(|row| one_more(&mut self.down[column * LANES * 2 + row])).sum()
    }

    fn across(&mut self, row: usize, one: usize, other: usize) -> u32 {
        (one.min(other)..one.max(other)).map(|column| one_more(&mut self.across[column * LANES * 2 + row])).sum()
    }
}

fn one_more(stretch: &mut u8) -> u32 {
    *stretch += 1;
    (u32::from(*stretch) - 1) * SHARED
}
