//! Each block as HTML. The look is in `style.css`.

use super::{cell, escape, inline};
use crate::doc::{
    Block, Cover, Heading, Margin, Rich, SignalRow, Step, Table, TableKind, Tone, paragraphs,
};

pub fn heading(heading: &Heading, out: &mut String) {
    // The document's title is the only h1, so a heading of level 1 is an h2.
    let tag = heading.level + 1;
    if !heading.eyebrow.is_empty() {
        out.push_str(&format!(
            "<p class=\"eyb\" dir=\"auto\">{}</p>\n",
            escape(&heading.eyebrow)
        ));
    }
    let aside = match heading.aside.is_empty() {
        true => String::new(),
        false => format!(
            " <span class=\"aside\" dir=\"auto\">{}</span>",
            escape(&heading.aside)
        ),
    };
    out.push_str(&format!(
        "<h{tag} class=\"h{}\" id=\"{}\"><span dir=\"auto\">{}</span>{aside}</h{tag}>\n",
        heading.level,
        escape(&heading.id),
        escape(&heading.text)
    ));
}

pub fn block(block: &Block, name: &str, out: &mut String) {
    match block {
        Block::Cover(cover) => self::cover(cover, out),
        Block::Text(tone, rich) => text(*tone, rich, out),
        Block::Bullets(items) => {
            out.push_str("<ul class=\"bullets\">\n");
            for item in items {
                out.push_str(&format!("<li dir=\"auto\">{}</li>\n", cell(item)));
            }
            out.push_str("</ul>\n");
        }
        Block::Facts(facts) => self::facts(facts, out),
        Block::Margins(rows) => rows.iter().for_each(|row| margin(row, out)),
        Block::Steps(steps) => self::steps(steps, out),
        Block::Columns(columns) => {
            out.push_str("<div class=\"columns\">\n");
            for (title, text) in columns {
                out.push_str(&format!(
                    "<div><p class=\"ct\" dir=\"auto\">{}</p>{}</div>\n",
                    inline(title),
                    ps(text, "r")
                ));
            }
            out.push_str("</div>\n");
        }
        Block::Signals(rows) => signals(rows, name, out),
        Block::Table(table) => self::table(table, name, out),
        Block::Code(code) => self::code(code, out),
        Block::NoteLines(0) => {}
        Block::NoteLines(count) => {
            // A screen has no page to fill, and a printed one may be turned over.
            let count = count.max(&12);
            out.push_str("<div class=\"lines\" aria-hidden=\"true\"><p><span>Moment</span><span>Note</span></p>");
            out.push_str(&"<p><span></span><span></span></p>".repeat(*count as usize));
            out.push_str("</div>\n");
        }
        Block::Blanks(labels) => {
            out.push_str("<div class=\"blanks\">");
            for label in labels {
                out.push_str(&format!(
                    "<p><span dir=\"auto\">{}</span><span class=\"blank\"></span></p>",
                    escape(label)
                ));
            }
            out.push_str("</div>\n");
        }
        // These shape the page around blocks and are drawn in `body`.
        Block::Heading(_) | Block::Break(_) | Block::Contents => {}
    }
}

fn ps(rich: &Rich, class: &str) -> String {
    paragraphs(rich)
        .iter()
        .map(|p| format!("<p class=\"{class}\" dir=\"auto\">{}</p>\n", inline(p)))
        .collect()
}

fn text(tone: Tone, rich: &Rich, out: &mut String) {
    let class = match tone {
        Tone::Lede => "lede",
        Tone::Body => "r",
        Tone::Aside => "aside-p",
        Tone::Spoken => "ask",
        Tone::SpokenSmall => "ask small",
        Tone::PanelOnly => "panel",
    };
    out.push_str(&ps(rich, class));
}

fn cover(cover: &Cover, out: &mut String) {
    out.push_str("<header class=\"cover\">\n");
    out.push_str(&format!(
        "<p class=\"eyb\" dir=\"auto\">{}</p>\n",
        escape(&cover.eyebrow)
    ));
    out.push_str(&format!("<h1 dir=\"auto\">{}</h1>\n", escape(&cover.title)));
    out.push_str(&ps(&cover.summary, "lede"));
    out.push_str(&ps(&cover.about, "r"));
    facts(&cover.facts, out);
    out.push_str("</header>\n");
    if cover.principles.is_empty() {
        return;
    }
    out.push_str(&format!(
        "<section>\n<h2 class=\"h2\" id=\"principles\">{}</h2>\n<ol class=\"principles\">\n",
        escape(&cover.principles_title)
    ));
    for (title, text) in &cover.principles {
        out.push_str(&format!(
            "<li><h3 dir=\"auto\">{}</h3>{}</li>\n",
            escape(title),
            ps(text, "r")
        ));
    }
    out.push_str("</ol>\n</section>\n");
}

fn facts(facts: &[(String, Rich)], out: &mut String) {
    out.push_str("<dl class=\"facts\">\n");
    for (label, value) in facts {
        out.push_str(&format!(
            "<div><dt dir=\"auto\">{}</dt><dd dir=\"auto\">{}</dd></div>\n",
            escape(label),
            cell(value)
        ));
    }
    out.push_str("</dl>\n");
}

fn margin(row: &Margin, out: &mut String) {
    out.push_str("<div class=\"fu\"><div class=\"w\">");
    if !row.head.is_empty() {
        out.push_str(&format!("<b dir=\"auto\">{}</b>", escape(&row.head)));
    }
    out.push_str(&format!(
        "<span dir=\"auto\">{}</span></div><div>",
        escape(&row.margin)
    ));
    let tick = if row.tick {
        "<span class=\"tick\" aria-hidden=\"true\"></span>"
    } else {
        ""
    };
    let class = if row.spoken { "say" } else { "r" };
    for (i, paragraph) in paragraphs(&row.text).iter().enumerate() {
        let tick = if i == 0 { tick } else { "" };
        out.push_str(&format!(
            "<p class=\"{class}\" dir=\"auto\">{tick}{}</p>",
            inline(paragraph)
        ));
    }
    for line in &row.below {
        out.push_str(&format!(
            "<p class=\"sound\" dir=\"auto\">{}</p>",
            cell(line)
        ));
    }
    out.push_str("</div></div>\n");
}

fn steps(steps: &[Step], out: &mut String) {
    out.push_str("<ol class=\"steps\">\n");
    for step in steps {
        let (class, note) = match step.often_missing {
            true => (
                " class=\"u\"",
                "<span class=\"often\">often left out</span>",
            ),
            false => ("", ""),
        };
        out.push_str(&format!(
            "<li{class}><b dir=\"auto\">{}</b><span dir=\"auto\">{}</span>{note}</li>\n",
            escape(&step.title),
            escape(&step.text)
        ));
    }
    out.push_str("</ol>\n");
}

fn signals(rows: &[SignalRow], name: &str, out: &mut String) {
    out.push_str(&format!(
        "<div class=\"scroll\"><table class=\"sig\"><caption class=\"vh\">{}</caption>\n<thead><tr><th scope=\"col\">No.</th>\
         <th scope=\"col\">Signal</th><th scope=\"col\">Unprompted</th><th scope=\"col\">Prompted</th></tr></thead>\n<tbody>\n",
        escape(name)
    ));
    for row in rows {
        let counts = match row.counts.is_empty() {
            true => String::new(),
            false => format!(
                "<p class=\"sound\" dir=\"auto\">{}</p>",
                escape(&row.counts)
            ),
        };
        out.push_str(&format!(
            "<tr><td class=\"n\">{}</td><td><p dir=\"auto\">{}</p>{counts}</td><td class=\"b\"><span class=\"tick\"></span></td>\
             <td class=\"b\"><span class=\"tick\"></span></td></tr>\n",
            row.number,
            escape(&row.text)
        ));
    }
    out.push_str("</tbody></table></div>\n");
}

fn table(table: &Table, name: &str, out: &mut String) {
    let class = match table.kind {
        TableKind::Named => "tb",
        TableKind::Rubric => "tb rb",
        TableKind::OnePage => "tb cmp",
        TableKind::Plain => "tb",
        TableKind::Data => "tb data",
        TableKind::Sheet => "tb sheet",
    };
    let named = !matches!(
        table.kind,
        TableKind::Plain | TableKind::Data | TableKind::Sheet
    );
    out.push_str(&format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{0}\"><table class=\"{class}\"><caption class=\"vh\">{0}</caption>\n",
        escape(name)
    ));
    if table.kind != TableKind::Data {
        out.push_str("<colgroup>");
        for column in &table.columns {
            out.push_str(&format!(
                "<col style=\"width:{:.1}%\">",
                column.share * 100.0
            ));
        }
        out.push_str("</colgroup>\n");
    }
    out.push_str("<thead><tr>");
    for column in &table.columns {
        out.push_str(&format!(
            "<th scope=\"col\" dir=\"auto\">{}</th>",
            inline(&column.title)
        ));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for (i, content) in row.iter().enumerate() {
            match named && i == 0 {
                true => out.push_str(&format!(
                    "<th scope=\"row\" dir=\"auto\">{}</th>",
                    cell(content)
                )),
                false => out.push_str(&format!("<td dir=\"auto\">{}</td>", cell(content))),
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
}

fn code(code: &str, out: &mut String) {
    out.push_str("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Lines\"><table class=\"code\"><tbody>\n");
    for (i, line) in code.lines().enumerate() {
        out.push_str(&format!(
            "<tr><td class=\"n\">{}</td><td><code>{}</code></td></tr>\n",
            i + 1,
            escape(line)
        ));
    }
    out.push_str("</tbody></table></div>\n");
}
