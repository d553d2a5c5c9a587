//! The structure behind the drawing, for people who hear a PDF: headings, lists, tables, in reading order.

use krilla::tagging::{Identifier, Node, TagGroup, TagKind, TagTree};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TagId(usize);

enum Child {
    Tag(TagId),
    Leaf(Identifier),
}

/// Groups are made while the layout is; leaves come when it is drawn.
#[derive(Default)]
pub struct Tags {
    groups: Vec<(TagKind, Vec<Child>)>,
    roots: Vec<TagId>,
}

impl Tags {
    pub fn add(&mut self, parent: Option<TagId>, kind: impl Into<TagKind>) -> TagId {
        let id = TagId(self.groups.len());
        self.groups.push((kind.into(), Vec::new()));
        match parent {
            Some(parent) => self.groups[parent.0].1.push(Child::Tag(id)),
            None => self.roots.push(id),
        }
        id
    }

    pub fn leaf(&mut self, parent: TagId, identifier: Identifier) {
        self.groups[parent.0].1.push(Child::Leaf(identifier));
    }

    pub fn into_tree(mut self, lang: &str) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(lang.to_owned()));
        for root in std::mem::take(&mut self.roots) {
            tree.push(self.group(root));
        }
        tree
    }

    /// Never deeper than a cell in a row in a table.
    fn group(&mut self, id: TagId) -> TagGroup {
        let (kind, children) = {
            let (kind, children) = &mut self.groups[id.0];
            (kind.clone(), std::mem::take(children))
        };
        let children = children
            .into_iter()
            .map(|child| match child {
                Child::Tag(id) => Node::Group(self.group(id)),
                Child::Leaf(leaf) => Node::Leaf(leaf),
            })
            .collect();
        TagGroup::with_children(kind, children)
    }
}
