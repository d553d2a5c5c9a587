import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { MaterialView } from "./MaterialView";

const draw = (text: string, format: "markdown" | "yaml" | "csv" = "markdown") =>
  render(<MaterialView material={{ title: "Material", format, text }} />).container;

test("hostile text is shown and never becomes markup", () => {
  const bad = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "text <b onmouseover=alert(1)>bold</b>",
    "[link](javascript:alert(1))",
    "[link](data:text/html,x)",
    "![picture](https://example.com/x.png)",
    "`<i>`",
  ].join("\n\n");
  const box = draw(bad);
  expect(box.querySelectorAll("script, img, b, i, iframe, [onerror], [onmouseover]")).toHaveLength(0);
  expect(box.querySelectorAll("a")).toHaveLength(0);
  expect(box.textContent).toContain("<script>alert(1)</script>");
  expect(box.textContent).toContain("<b onmouseover=alert(1)>bold</b>");
  for (const format of ["yaml", "csv"] as const) {
    const other = draw(`name: <img src=x onerror=alert(1)>\nb: "</pre><script>x</script>"`, format);
    expect(other.querySelectorAll("script, img")).toHaveLength(0);
    expect(other.textContent).toContain("<img src=x onerror=alert(1)>");
  }
});

test("headings stand below the page's own, links open elsewhere and tell nothing", () => {
  const box = draw("# Title\n\n## Part\n\nSee [the docs](https://example.com/a?b=1).");
  expect(box.querySelector("h1")).toBeNull();
  expect(box.querySelector("h2")?.textContent).toBe("Title");
  expect(box.querySelector("a")?.getAttribute("rel")).toContain("noreferrer");
});

test("entities, emphasis, lists, tables and code read as they should", () => {
  const box = draw("A & B < C *so* **very** ~~not~~\n\n1. one\n2. two\n   - deep\n\n| a | b |\n|---|---|\n| 1 | `x|y` |\n\n```\nif (a < b) {}\n```");
  expect(box.textContent).toContain("A & B < C so very not");
  expect(box.querySelectorAll("ol > li")).toHaveLength(2);
  expect(box.querySelector("ol ul li")?.textContent).toBe("deep");
  expect(box.querySelectorAll("tbody tr")).toHaveLength(1);
  expect(box.querySelector("pre code")?.textContent).toBe("if (a < b) {}");
});

test("lines keep every character, and their numbers are no part of the text", () => {
  const text = "a: 1\n\n  b: |\n    שלום\n";
  expect(draw(text, "yaml").querySelector("code")?.textContent).toBe(text);
});

test("a sheet has a heading row, quoted cells, and rows of any length", () => {
  const box = draw('run,name,ms\n1,"a, ""b""",12\n2,c\n', "csv");
  expect([...box.querySelectorAll("th")].map((one) => one.textContent)).toEqual(["run", "name", "ms"]);
  expect([...box.querySelectorAll("tbody tr")].map((row) => [...row.children].map((one) => one.textContent))).toEqual([
    ["1", 'a, "b"', "12"],
    ["2", "c", ""],
  ]);
});
