// Markdown to elements. The parser gives tokens and no HTML; HTML inside a text stays text, pictures
// become their description, and links lead only to the web.
import { marked, type Token, type Tokens } from "marked";
import { Fragment, type ReactNode } from "react";

export function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown" dir="auto">
      {blocks(marked.lexer(text, { gfm: true }))}
    </div>
  );
}

function blocks(tokens: readonly Token[]): ReactNode {
  return tokens.map((token, place) => <Fragment key={place}>{block(token)}</Fragment>);
}

function block(token: Token): ReactNode {
  switch (token.type) {
    case "heading": {
      // The page owns the first level.
      const { depth, tokens } = token as Tokens.Heading;
      const Tag = depth === 1 ? "h2" : depth === 2 ? "h3" : "h4";
      return (
        <Tag className={`h-${Math.min(depth, 3)}`} dir="auto">
          {inline(tokens)}
        </Tag>
      );
    }
    case "paragraph":
      return <p dir="auto">{inline((token as Tokens.Paragraph).tokens)}</p>;
    case "text": {
      const { tokens, text } = token as Tokens.Text;
      return tokens ? inline(tokens) : text;
    }
    case "code": {
      const { text } = token as Tokens.Code;
      return (
        <pre className="scroll" tabIndex={0} dir="ltr">
          <code>{text}</code>
        </pre>
      );
    }
    case "list": {
      const { ordered, start, items } = token as Tokens.List;
      const children = items.map((item, place) => (
        <li key={place} dir="auto">
          {item.task && <input type="checkbox" checked={item.checked === true} disabled aria-label="done" />}
          {blocks(item.tokens)}
        </li>
      ));
      return ordered ? <ol start={start === "" ? undefined : start}>{children}</ol> : <ul>{children}</ul>;
    }
    case "blockquote":
      return <blockquote>{blocks((token as Tokens.Blockquote).tokens)}</blockquote>;
    case "table":
      return <Table table={token as Tokens.Table} />;
    case "hr":
      return <hr />;
    case "space":
    case "def":
      return null;
    default:
      return <p dir="auto">{token.raw}</p>;
  }
}

function Table({ table }: { table: Tokens.Table }) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="Table">
      <table className="sheet-table">
        <thead>
          <tr>
            {table.header.map((cell, place) => (
              <th key={place} scope="col">
                {inline(cell.tokens)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, line) => (
            <tr key={line}>
              {row.map((cell, place) => (
                <td key={place}>{inline(cell.tokens)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(tokens: readonly Token[]): ReactNode {
  return tokens.map((token, place) => <Fragment key={place}>{span(token)}</Fragment>);
}

function span(token: Token): ReactNode {
  switch (token.type) {
    case "strong":
      return <strong>{inline((token as Tokens.Strong).tokens)}</strong>;
    case "em":
      return <em>{inline((token as Tokens.Em).tokens)}</em>;
    case "del":
      return <del>{inline((token as Tokens.Del).tokens)}</del>;
    case "codespan":
      return <code>{(token as Tokens.Codespan).text}</code>;
    case "br":
      return <br />;
    case "link": {
      const { href, tokens } = token as Tokens.Link;
      if (!/^https?:\/\//iu.test(href)) return inline(tokens);
      return (
        <a className="link" href={href} target="_blank" rel="noreferrer noopener">
          {inline(tokens)}
        </a>
      );
    }
    case "image":
      return (token as Tokens.Image).text;
    case "escape":
      return (token as Tokens.Escape).text;
    case "text": {
      const { tokens, text } = token as Tokens.Text;
      return tokens ? inline(tokens) : text;
    }
    default:
      return token.raw;
  }
}
