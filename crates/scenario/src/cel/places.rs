//! Where the nodes of a tree stand in the text.

use std::ops::Range;
use std::sync::Arc;

use cel::common::ast::{Expr, IdedExpr, SourceInfo};
use cel::parser::pratt_parser::TokenKind;

use super::scan::Token;

pub(super) struct Places<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub info: Option<Arc<SourceInfo>>,
}

impl Places<'_> {
    /// The token that a node was made from: an operator, a name, the dot before a member, the bracket of a call.
    pub fn token(&self, id: u64) -> Option<usize> {
        let (start, _) = self.info.as_ref()?.offset_for(id)?;
        self.tokens
            .iter()
            .position(|token| token.start == start as usize)
    }

    pub fn own(&self, id: u64) -> Range<usize> {
        self.token(id)
            .map_or(0..self.text.len(), |at| self.tokens[at].range())
    }

    /// The name after the dot of a selection, or before the bracket of a call on something.
    pub fn member(&self, node: &IdedExpr) -> Range<usize> {
        let Some(at) = self.token(node.id) else {
            return 0..self.text.len();
        };
        let name = match node.expr {
            Expr::Select(_) => self.tokens.get(at + 1),
            Expr::Call(ref call) if call.target.is_none() => self.tokens.get(at),
            _ if at > 0 => self.tokens.get(at - 1),
            _ => None,
        };
        name.map_or(self.own(node.id), Token::range)
    }

    /// All that a node is made of, with the brackets that begin or end inside it.
    pub fn whole(&self, node: &IdedExpr) -> Range<usize> {
        let mut range: Option<Range<usize>> = None;
        self.gather(node, &mut range);
        let mut range = range.unwrap_or(0..self.text.len());
        loop {
            let before = range.clone();
            for token in self
                .tokens
                .iter()
                .filter(|token| token.start >= before.start && token.end <= before.end)
            {
                if let Some(partner) = token.partner.map(|at| self.tokens[at]) {
                    range = range.start.min(partner.start)..range.end.max(partner.end);
                }
            }
            if range == before {
                return range;
            }
        }
    }

    fn gather(&self, node: &IdedExpr, range: &mut Option<Range<usize>>) {
        if let Some(at) = self.token(node.id) {
            self.cover(at, range);
            let after = self.tokens.get(at + 1);
            match &node.expr {
                Expr::Select(_) => self.cover(at + 1, range),
                // A negative literal is one node, made from its sign.
                Expr::Literal(_) if self.tokens[at].kind == TokenKind::TokMinus => {
                    self.cover(at + 1, range)
                }
                Expr::Call(call)
                    if self.tokens[at].kind == TokenKind::TokIdent
                        && call.target.is_none()
                        && after.is_some_and(|token| token.kind == TokenKind::TokLeftParen) =>
                {
                    self.cover(at + 1, range);
                }
                _ => {}
            }
        }
        match &node.expr {
            Expr::Call(call) => {
                for inner in call.target.as_deref().into_iter().chain(&call.args) {
                    self.gather(inner, range);
                }
            }
            Expr::Select(select) => self.gather(&select.operand, range),
            Expr::Comprehension(over) => self.gather(&over.iter_range, range),
            _ => {}
        }
    }

    fn cover(&self, at: usize, range: &mut Option<Range<usize>>) {
        if let Some(token) = self.tokens.get(at) {
            let known = range.clone().unwrap_or(token.range());
            *range = Some(known.start.min(token.start)..known.end.max(token.end));
        }
    }

    /// The number that a literal was written as, with its sign.
    pub fn written(&self, node: &IdedExpr) -> String {
        let Some(at) = self.token(node.id) else {
            return String::new();
        };
        let shown = |at: usize| {
            self.tokens
                .get(at)
                .map_or("", |token| &self.text[token.range()])
        };
        match self.tokens[at].kind {
            TokenKind::TokMinus => format!("-{}", shown(at + 1)),
            _ => shown(at).to_owned(),
        }
    }
}
